using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Postings;

public sealed class PostingsTableTests : IAsyncLifetime
{
    private TestTables tables = null!;
    private AccountsTable accounts = null!;
    private LedgerTable ledger = null!;
    private PostingsTable postings = null!;

    public async ValueTask InitializeAsync()
    {
        tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Accounts, TableDefinitions.Ledger, TableDefinitions.Postings);
        accounts = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        ledger = new LedgerTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        postings = new PostingsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
    }

    public ValueTask DisposeAsync()
    {
        tables.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Applies_a_posting_once_and_says_so_the_second_time()
    {
        await ReserveAsync(0.25m);
        var posting = await WriteAsync(
            Posting("p1", new TotalChange(MonthUsd, 0.1m, 0.02m, [new BucketAmount(Bucket, 0.25m)])));

        Done(await postings.ApplyAsync(posting, Now, default));
        var again = Refused(await postings.ApplyAsync(posting, Now, default))!;

        Assert.True(again.AlreadyApplied);
        var total = Done(await accounts.ReadAsync(Payments, default))![MonthUsd];
        Assert.Equal(0.1m, total.Settled);
        Assert.Equal(0.02m, total.Estimated);
        Assert.Equal(0.12m, total.Committed);
        Assert.Equal(0m, total.Buckets[Bucket]);
        Assert.Empty(Done(await postings.ReadOpenAsync(Payments, default)));
    }

    [Fact]
    public async Task Names_the_buckets_that_hold_too_little_and_applies_without_them()
    {
        await ReserveAsync(0.25m);
        var posting = await WriteAsync(Posting(
            "p1", new TotalChange(MonthUsd, 0.1m, 0m, [new BucketAmount(Bucket, 0.25m), new BucketAmount(Bucket + 1, 0.5m)])));

        var refusal = Refused(await postings.ApplyAsync(posting, Now, default))!;
        Assert.False(refusal.AlreadyApplied);
        Assert.Equal([(MonthUsd, Bucket + 1)], refusal.MissingBuckets);
        Assert.Single(Done(await postings.ReadOpenAsync(Payments, default)));

        var narrowed = posting with
        {
            Changes = [posting.Changes[0] with { Released = [new BucketAmount(Bucket, 0.25m)] }],
        };
        Done(await postings.ApplyAsync(narrowed, Now, default));
        Assert.Equal(0.1m, Done(await accounts.ReadAsync(Payments, default))![MonthUsd].Committed);
    }

    [Fact]
    public async Task Releases_from_an_account_that_does_not_exist_are_all_missing()
    {
        var posting = await WriteAsync(Posting("p1", new TotalChange(MonthUsd, 0.1m, 0m, [new BucketAmount(Bucket, 0.25m)])));

        Assert.Equal([(MonthUsd, Bucket)], Refused(await postings.ApplyAsync(posting, Now, default))!.MissingBuckets);
    }

    [Fact]
    public async Task Sums_what_is_released_from_one_bucket_twice()
    {
        await ReserveAsync(0.3m);
        BucketAmount[] released = [new BucketAmount(Bucket, 0.2m), new BucketAmount(Bucket, 0.2m)];
        var tooMuch = await WriteAsync(Posting("p1", new TotalChange(MonthUsd, 0m, 0m, released)));
        Assert.Equal([(MonthUsd, Bucket)], Refused(await postings.ApplyAsync(tooMuch, Now, default))!.MissingBuckets);

        await ReserveAsync(0.1m);
        Done(await postings.ApplyAsync(tooMuch, Now, default));
        Assert.Equal(0m, Done(await accounts.ReadAsync(Payments, default))![MonthUsd].Committed);
    }

    [Fact]
    public async Task A_posting_that_changes_nothing_is_done_with_all_the_same()
    {
        var posting = await WriteAsync(Posting("p1", new TotalChange(MonthUsd, 0m, 0m, [])));

        Done(await postings.ApplyAsync(posting, Now, default));

        Assert.Empty(Done(await postings.ReadOpenAsync(Payments, default)));
        Assert.Null(Done(await accounts.ReadAsync(Payments, default)));
    }

    [Fact]
    public async Task Reads_the_open_postings_of_one_account_only_oldest_first()
    {
        await WriteAsync(Posting("p2", new TotalChange(MonthUsd, 2m, 0m, [])));
        await WriteAsync(Posting("p1", new TotalChange(MonthUsd, 1m, 0m, [])));
        await WriteAsync(Posting("p1", new TotalChange(MonthUsd, 3m, 0m, [])) with { Account = Account("me@support") });

        Assert.Equal(["p1", "p2"], Done(await postings.ReadOpenAsync(Payments, default)).Select(posting => posting.Id));
        Assert.Equal(Account("me@support"), Assert.Single(Done(await postings.ReadOpenAsync(Account("me@support"), default))).Account);
    }

    private async Task ReserveAsync(decimal amount) => Done(await accounts.ReserveAsync(
        new ReserveWrite(Payments, Bucket, [new TotalAmount(MonthUsd, amount)], [], []), default));

    private async Task<Posting> WriteAsync(Posting posting)
    {
        Done(await ledger.SettleAsync([], [posting], default));
        return posting;
    }
}
