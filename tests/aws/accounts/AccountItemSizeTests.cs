using System.Text;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
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

    private static readonly (Window Window, Dimension Dimension)[] Limits =
    [
        .. new[] { Window.Minute, Window.Hour, Window.Day, Window.Month }.SelectMany(
            window => Enum.GetValues<Dimension>(), (window, dimension) => (window, dimension)),
    ];

    [Theory]
    [InlineData("org", 1, 100)]
    [InlineData("org", 64, 100)]
    [InlineData("team#payments", 1, 100)]
    [InlineData("team#payments", 64, 50)]
    [InlineData("team#tttttttttttttttttttt#model#mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm", 1, 100)]
    [InlineData("team#tttttttttttttttttttt#model#mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm", 64, 100)]
    [InlineData("model#arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0", 1, 100)]
    [InlineData("model#arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0", 64, 100)]
    public static void Whatever_limits_validation_admits_the_worst_month_item_costs_one_write_unit(
        string name, int shards, int admittedMin)
    {
        var scope = ScopeOf(name);
        var account = new AccountKey(scope, "2026-11") { Shard = shards - 1 };
        var admitted = Enumerable.Range(1, (1 << Limits.Length) - 1)
            .Select(chosen => Limits.Where((_, index) => (chosen & (1 << index)) != 0).ToList())
            .Where(limits => IsAdmitted(scope, limits, shards))
            .Select(limits => SizeBytes(WorstItem(account, WithTier(scope, limits))))
            .ToList();

        Assert.True(admitted.Count > admittedMin, $"Only {admitted.Count} sets of limits are admitted.");
        Assert.InRange(admitted.Max(), 1, WriteUnitBytes);
    }

    /// <summary>
    /// Twelve minutes stand in an item where every request meets a process that just began, and the sweep runs every ten
    /// minutes (PastTotalsTests).
    /// </summary>
    [Fact]
    public static void Where_no_process_remembers_anything_the_worst_month_item_costs_three_write_units()
    {
        var scope = ScopeOf("team#payments");
        var admitted = Enumerable.Range(1, (1 << Limits.Length) - 1)
            .Select(chosen => Limits.Where((_, index) => (chosen & (1 << index)) != 0).ToList())
            .Where(limits => IsAdmitted(scope, limits))
            .Select(limits => SizeBytes(WorstItem(new AccountKey(scope, "2026-11"), WithTier(scope, limits), minutes: 12)));

        Assert.InRange(admitted.Max(), WriteUnitBytes, 3 * WriteUnitBytes);
    }

    [Fact]
    public static async Task A_worst_item_reads_back_with_all_its_totals()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Accounts);
        var accounts = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var account = new AccountKey(Scope.Org, "2026-11");
        var worst = WorstItem(account, [(Window.Minute, Dimension.Requests), (Window.Day, Dimension.Tokens)]);

        await tables.PutRawAsync(tables.Names.Accounts, worst);
        var totals = Done(await accounts.ReadAsync(account, default))!;
        var item = (await tables.ReadRawAsync(tables.Names.Accounts, AccountItem.Key(account)))!;

        Assert.Equal((8, 1), (totals.Totals.Count, totals.Totals.Values.Count(total => total.Buckets.Count == BucketsMax)));
        Assert.Equal(SizeBytes(worst), SizeBytes(item));
    }

    [Fact]
    public static void A_name_that_fills_the_item_leaves_no_room_for_limits_in_it_and_is_told_so()
    {
        var scope = Scope.TeamModel(Part(new string('\u00e4', 256)), Part(new string('m', 256)));

        Assert.False(IsAdmitted(scope, [(Window.Day, Dimension.Usd), (Window.Month, Dimension.Usd)]));
        Assert.True(IsAdmitted(scope, [(Window.Week, Dimension.Usd), (Window.Year, Dimension.Tokens)]));
    }

    private static Scope ScopeOf(string name) => Assert.IsType<Domain.Outcome<Scope>.Ok>(Scope.Parse(name)).Value;

    [Fact]
    public static void What_shards_have_no_room_for_is_told_so()
    {
        (Window, Dimension)[] limits = [(Window.Minute, Dimension.Usd), (Window.Day, Dimension.Usd), (Window.Hour, Dimension.Tokens), (Window.Day, Dimension.Tokens)];
        var scope = ScopeOf("team#payments#model#gpt-4o-mini");

        Assert.True(IsAdmitted(scope, limits));
        var refused = Assert.IsType<Domain.Outcome<ScopeBudgets>.Failed>(BudgetsOf(scope, limits, 2));
        Assert.Contains("over no shards", refused.Problem.Message, StringComparison.Ordinal);
    }

    private static bool IsAdmitted(
        Scope scope, IReadOnlyList<(Window Window, Dimension Dimension)> limits, int shards = 1) =>
        BudgetsOf(scope, limits, shards) is Domain.Outcome<ScopeBudgets>.Ok;

    private static Domain.Outcome<ScopeBudgets> BudgetsOf(
        Scope scope, IReadOnlyList<(Window Window, Dimension Dimension)> limits, int shards)
    {
        var rows = limits.GroupBy(limit => limit.Window).Select(window =>
            new BudgetFields(scope.Value, BudgetNames.Windows[window.Key])
            {
                Limits = new BudgetAmounts(
                    AmountOf(window, Dimension.Usd), AmountOf(window, Dimension.Tokens), AmountOf(window, Dimension.Requests)),
                Shards = shards,
            });
        return BudgetBook.Of(scope, [.. rows], _ => true);
    }

    private static decimal? AmountOf(IEnumerable<(Window, Dimension Dimension)> limits, Dimension dimension) =>
        limits.Any(limit => limit.Dimension == dimension) ? 1m : null;

    // A team's tier stands beside its rows in the windows that they leave out.
    private static IReadOnlyList<(Window Window, Dimension Dimension)> WithTier(
        Scope scope, IReadOnlyList<(Window Window, Dimension Dimension)> limits) => scope.IsTeam
            ? [.. limits, .. TierTable.Windows.Where(tier => limits.All(limit => limit.Window != tier.Window))]
            : limits;

    private static Dictionary<string, AttributeValue> WorstItem(
        AccountKey account, IReadOnlyList<(Window Window, Dimension Dimension)> limits, int minutes = 3)
    {
        var item = AccountItem.Key(account);
        foreach (var (window, dimension) in limits)
        {
            AddLimited(item, window, dimension, account.Shard > 0, minutes);
        }

        foreach (var dimension in Enum.GetValues<Dimension>())
        {
            AddTotals(item, new Total("M", dimension));
        }

        return item;
    }

    // Three minutes with a bucket each; of the other windows the current one with all buckets, and the one before, which
    // nobody has removed yet.
    private static void AddLimited(
        Dictionary<string, AttributeValue> item, Window window, Dimension dimension, bool isShard, int minutes)
    {
        var (instances, step, buckets) = window switch
        {
            Window.Minute => (minutes, TimeSpan.FromMinutes(1), 1),
            Window.Hour => (2, TimeSpan.FromHours(1), BucketsMax),
            Window.Day => (2, TimeSpan.FromDays(1), BucketsMax),
            _ => (1, TimeSpan.Zero, BucketsMax),
        };
        for (var instance = 0; instance < instances; instance++)
        {
            var period = Periods.Containing(Now - (instance * step), window, ZoneRules.Utc, FiscalYear.CalendarYear);
            var total = new Total(period.Name, dimension);
            if (window != Window.Month)
            {
                AddTotals(item, total);
            }

            if (isShard)
            {
                item.Add(AccountAttribute.Of(AmountKind.Moved, total).Name, ItemWriter.Number(-TotalOf(dimension)));
                item.Add(AccountAttribute.Of(AmountKind.Granted, total).Name, ItemWriter.Number(TotalOf(dimension)));
            }

            var held = instance == 0 || window == Window.Minute ? buckets : 0;
            for (var bucket = 0; bucket < held; bucket++)
            {
                item.Add(AccountAttribute.Hold(total, Bucket + bucket).Name, ItemWriter.Number(HoldOf(dimension)));
            }
        }
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
            : ((attribute.Value.N!.Count(char.IsAsciiDigit) + 1) / 2) + 1 + attribute.Value.N!.Count(sign => sign == '-')));
}
