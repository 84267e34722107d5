using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Accounts;

public sealed class AccountsTableTests : IAsyncLifetime
{
    private TestTables tables = null!;
    private AccountsTable accounts = null!;

    public async ValueTask InitializeAsync()
    {
        tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Accounts);
        accounts = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
    }

    public ValueTask DisposeAsync()
    {
        tables.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Reserves_into_committed_and_the_bucket_and_answers_what_stands()
    {
        var first = Done(await ReserveAsync(0.25m, ceiling: 24.75m));
        var second = Done(await ReserveAsync(0.5m, ceiling: 24.5m));

        Assert.Equal(0.25m, first[MonthUsd].Committed);
        Assert.Equal(0.75m, second[MonthUsd].Committed);
        Assert.Equal(0.75m, second[MonthUsd].Buckets[Bucket]);
        Assert.Equal(Payments, second.Account);
        Assert.Equal(0m, second[MonthUsd].Settled);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0.999999999999", false)]
    public async Task Refuses_exactly_from_the_ceiling_on_and_then_writes_nothing(string ceiling, bool fits)
    {
        Done(await ReserveAsync(1m, ceiling: 100m));

        var result = await ReserveAsync(1m, decimal.Parse(ceiling, System.Globalization.CultureInfo.InvariantCulture));

        var committed = fits ? Done(result)[MonthUsd].Committed : Refused(result)![MonthUsd].Committed;
        Assert.Equal(fits ? 2m : 1m, committed);
        Assert.Equal(committed, Done(await accounts.ReadAsync(Payments, default))![MonthUsd].Committed);
    }

    [Fact]
    public async Task One_ceiling_that_is_passed_refuses_all_amounts()
    {
        var write = new ReserveWrite(
            Payments,
            Bucket,
            [new TotalAmount(MonthUsd, 1m), new TotalAmount(DayTokens, 500m)],
            [new TotalAmount(MonthUsd, 10m), new TotalAmount(DayTokens, 400m)],
            []);
        Done(await accounts.ReserveAsync(write, default));

        var standing = Refused(await accounts.ReserveAsync(write, default))!;

        Assert.Equal(1m, standing[MonthUsd].Committed);
        Assert.Equal(500m, standing[DayTokens].Committed);
    }

    [Fact]
    public async Task A_negative_ceiling_refuses_even_an_account_that_does_not_exist()
    {
        Assert.Null(Refused(await ReserveAsync(1m, ceiling: -0.5m)));
        Assert.Null(Done(await accounts.ReadAsync(Payments, default)));
    }

    [Fact]
    public async Task Gives_back_what_the_bucket_holds_and_refuses_what_has_expired()
    {
        Done(await ReserveAsync(2m, ceiling: 100m));

        var after = Done(await accounts.GiveBackAsync(Payments, Bucket, [new TotalAmount(MonthUsd, 2m)], default));
        Assert.Equal(0m, after[MonthUsd].Committed);
        Assert.Equal(0m, after[MonthUsd].Buckets[Bucket]);

        var standing = Refused(await accounts.GiveBackAsync(Payments, Bucket, [new TotalAmount(MonthUsd, 2m)], default));
        Assert.Equal(0m, standing![MonthUsd].Committed);
        Refused(await accounts.GiveBackAsync(Payments, Bucket + 1, [new TotalAmount(MonthUsd, 2m)], default));
    }

    [Fact]
    public async Task Expires_a_bucket_only_while_it_is_unchanged()
    {
        Done(await ReserveAsync(2m, ceiling: 100m));
        var seen = new BucketAmount(Bucket, 2m);
        Done(await ReserveAsync(1m, ceiling: 100m));

        Assert.Equal(3m, Refused(await accounts.ExpireBucketAsync(Payments, MonthUsd, seen, default))![MonthUsd].Committed);

        var after = Done(await accounts.ExpireBucketAsync(Payments, MonthUsd, seen with { Amount = 3m }, default));
        Assert.Equal(0m, after[MonthUsd].Committed);
        Assert.Empty(after[MonthUsd].Buckets);
        Refused(await accounts.ExpireBucketAsync(Payments, MonthUsd, seen with { Amount = 3m }, default));
    }

    [Fact]
    public async Task Removes_stale_totals_in_passing_but_never_one_that_it_adds_to()
    {
        var past = new Total("d20", Domain.Budgets.Dimension.Tokens);
        var first = new ReserveWrite(Payments, Bucket, [new TotalAmount(past, 10m), new TotalAmount(MonthUsd, 1m)], [], []);
        Done(await accounts.ReserveAsync(first, default));

        var next = first with
        {
            Amounts = [new TotalAmount(MonthUsd, 1m)],
            Stale = [new StaleTotal(past, [Bucket]), new StaleTotal(MonthUsd, [Bucket])],
        };
        var after = Done(await accounts.ReserveAsync(next, default));

        Assert.DoesNotContain(past, after.Totals.Keys);
        Assert.Equal(2m, after[MonthUsd].Committed);
        Assert.Equal(2m, after[MonthUsd].Buckets[Bucket]);
    }

    [Fact]
    public async Task Scans_every_account_once_over_several_pages()
    {
        var expected = Enumerable.Range(0, 40).Select(number => Account($"team|{number}")).ToList();
        foreach (var account in expected)
        {
            Done(await accounts.ReserveAsync(new ReserveWrite(account, Bucket, [new TotalAmount(MonthUsd, 1m)], [], []), default));
        }

        var paged = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout) { ScanPage = 7 };
        var found = new List<AccountKey>();
        string? cursor = null;
        do
        {
            var page = Done(await paged.ScanAsync(cursor, default));
            found.AddRange(page.Accounts.Select(totals => totals.Account));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(expected.Select(account => account.ToString()).Order(), found.Select(account => account.ToString()).Order());
    }

    [Theory]
    [InlineData("xM", "1", null)]
    [InlineData("cM", null, "text")]
    [InlineData("cM", "12345678901234567890123456789012345678", null)]
    public async Task A_malformed_item_is_a_fault_and_never_an_admission(string name, string? number, string? text)
    {
        await tables.PutRawAsync(tables.Names.Accounts, new Dictionary<string, AttributeValue>
        {
            ["scope"] = new() { S = Payments.Scope.Value },
            ["period"] = new() { S = Payments.Period },
            [name] = text is null ? new AttributeValue { N = number } : new AttributeValue { S = text },
        });

        Failed(StoreFault.Malformed, await accounts.ReadAsync(Payments, default));
        Failed(StoreFault.Malformed, await ReserveAsync(1m, ceiling: 100m));
        Failed(StoreFault.Malformed, await ReserveAsync(1m, ceiling: -1m));
    }

    private Task<StoreResult<AccountTotals>> ReserveAsync(decimal amount, decimal ceiling) => accounts.ReserveAsync(
        new ReserveWrite(Payments, Bucket, [new TotalAmount(MonthUsd, amount)], [new TotalAmount(MonthUsd, ceiling)], []), default);
}
