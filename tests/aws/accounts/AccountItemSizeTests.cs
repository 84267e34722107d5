using System.Text;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using Amazon.DynamoDBv2.Model;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Accounts;

/// <summary>
/// One write unit is 1 KB: the month item must stay below it in the worst case that the validation admits.
/// </summary>
public static class AccountItemSizeTests
{
    private const int WriteUnitBytes = 1_024;

    /// <summary>
    /// Half an hour of time-to-live in five-minute buckets, the current one, and one that is just being expired.
    /// </summary>
    private const int BucketsMax = 8;

    private const decimal UsdTotal = 999_999.123456789012m;
    private const decimal UsdHold = 123.123456789012m;
    private const decimal TokensTotal = 999_999_999_999m;
    private const decimal TokensHold = 99_999_999m;
    private const decimal RequestsTotal = 999_999_999m;
    private const decimal RequestsHold = 99_999m;

    [Fact]
    public static async Task The_worst_month_item_that_validation_admits_costs_one_write_unit()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Accounts);
        var accounts = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var account = new AccountKey(Scope.TeamModel(Part(new string('t', 20)), Part(new string('m', 36))), "2026-11");

        await tables.Client.PutItemAsync(tables.Names.Accounts, WorstItem(account));
        var totals = Done(await accounts.ReadAsync(account, default))!;
        var item = (await tables.Client.GetItemAsync(tables.Names.Accounts, AccountItem.Key(account))).Item;

        Assert.Equal(ScopeBudgets.MonthItemLimitsMax, totals.Totals.Values.Count(total => total.Buckets.Count == BucketsMax));
        Assert.InRange(SizeBytes(item), 1, WriteUnitBytes);
    }

    [Fact]
    public static void Validation_admits_no_more_limits_than_that()
    {
        var rows = new[] { "hour", "day" }
            .Select(window => new BudgetFields("org", window) { Limits = new BudgetAmounts(1m, 1m, 1m) })
            .ToList();

        Assert.IsType<Domain.Outcome<ScopeBudgets>.Failed>(BudgetBook.Of(Scope.Org, rows, _ => true));
        rows[0] = rows[0] with { Limits = new BudgetAmounts(1m) };
        Assert.IsType<Domain.Outcome<ScopeBudgets>.Ok>(BudgetBook.Of(Scope.Org, rows, _ => true));
    }

    // The limits with the longest names; the totals of the hour before, which nobody has removed yet; and the month's
    // own, which are
    // booked whether limited or not.
    private static Dictionary<string, AttributeValue> WorstItem(AccountKey account)
    {
        var item = AccountItem.Key(account);
        var limited = new[] { Window.Hour, Window.Day }
            .Select(window => Periods.Containing(Now, window, ZoneRules.Utc, FiscalYear.CalendarYear).Name)
            .SelectMany(window => Enum.GetValues<Dimension>().Select(dimension => new Total(window, dimension)))
            .Take(ScopeBudgets.MonthItemLimitsMax);
        foreach (var total in limited)
        {
            AddTotals(item, total);
            for (var bucket = 0; bucket < BucketsMax; bucket++)
            {
                item.Add(AccountAttribute.Hold(total, Bucket + bucket).Name, ItemWriter.Number(HoldOf(total.Dimension)));
            }
        }

        var hourBefore = Periods.Containing(Now.AddHours(-1), Window.Hour, ZoneRules.Utc, FiscalYear.CalendarYear).Name;
        foreach (var dimension in Enum.GetValues<Dimension>())
        {
            AddTotals(item, new Total("M", dimension));
            AddTotals(item, new Total(hourBefore, dimension));
        }

        return item;
    }

    private static void AddTotals(Dictionary<string, AttributeValue> item, Total total)
    {
        foreach (var kind in new[] { AmountKind.Committed, AmountKind.Settled, AmountKind.Estimated })
        {
            item.Add(AccountAttribute.Of(kind, total).Name, ItemWriter.Number(TotalOf(total.Dimension)));
        }
    }

    private static decimal TotalOf(Dimension dimension) => dimension switch
    {
        Dimension.Usd => UsdTotal,
        Dimension.Tokens => TokensTotal,
        _ => RequestsTotal,
    };

    private static decimal HoldOf(Dimension dimension) => dimension switch
    {
        Dimension.Usd => UsdHold,
        Dimension.Tokens => TokensHold,
        _ => RequestsHold,
    };

    // As DynamoDB documents it: names in UTF-8; a number one byte for two significant digits, and one more.
    private static int SizeBytes(Dictionary<string, AttributeValue> item) => item.Sum(attribute =>
        Encoding.UTF8.GetByteCount(attribute.Key) + (attribute.Value.S is { } text
            ? Encoding.UTF8.GetByteCount(text)
            : ((attribute.Value.N.Count(char.IsAsciiDigit) + 1) / 2) + 1));
}
