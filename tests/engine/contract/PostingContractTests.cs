using AiGateway.Domain.Ledger;
using static AiGateway.Engine.Tests.Contract.ContractData;

namespace AiGateway.Engine.Tests.Contract;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task A_posting_is_applied_once()
    {
        var stores = await WithPostingAsync(PostingOf("p1", 0.3m, 0.5m));
        Done(await stores.Postings.ApplyAsync(PostingOf("p1", 0.3m, 0.5m), Admitted, default));
        var again = await stores.Postings.ApplyAsync(PostingOf("p1", 0.3m, 0.5m), Admitted, default);

        Assert.True(Current(again)!.AlreadyApplied);
        var totals = Done(await stores.Accounts.ReadAsync(Payments, default))!;
        Assert.Equal(0.3m, totals[MonthUsd].Committed);
        Assert.Equal(0.3m, totals[MonthUsd].Settled);
        Assert.Equal(0m, totals[MonthUsd].Buckets.GetValueOrDefault(Bucket));
        Assert.Empty(Done(await stores.Postings.ReadOpenAsync(Payments, default)));
    }

    [Fact]
    public async Task A_posting_whose_hold_is_gone_says_which_and_is_applied_without_it()
    {
        var posting = PostingOf("p1", 0.3m, 0.5m);
        var stores = await WithPostingAsync(posting);
        Done(await stores.Accounts.ExpireBucketAsync(Payments, MonthUsd, new(Bucket, 0.5m), default));

        var refusal = Current(await stores.Postings.ApplyAsync(posting, Admitted, default))!;
        Assert.False(refusal.AlreadyApplied);
        Assert.Equal([(MonthUsd, Bucket)], refusal.MissingBuckets);
        Done(await stores.Postings.ApplyAsync(posting.Without(refusal.MissingBuckets), Admitted, default));

        var totals = Done(await stores.Accounts.ReadAsync(Payments, default))!;
        Assert.Equal(0.3m, totals[MonthUsd].Committed);
        Assert.Equal(1m, totals[DayRequests].Committed);
        Assert.Empty(Done(await stores.Postings.ReadOpenAsync(Payments, default)));
    }

    [Fact]
    public async Task A_posting_takes_back_what_an_earlier_one_estimated()
    {
        var stores = await OpenAsync();
        var charge = new Posting(Payments, "p1", [new(MonthUsd, 0m, 2m, [])]);
        var figure = new Posting(Payments, "p2", [new(MonthUsd, 1.25m, -2m, [])]);
        var first = Measured(Held("r1") with { Version = 0 }, 2m, "p1");
        var second = Measured(Held("r2") with { Version = 0 }, 2m, "p2");
        Done(await stores.Ledger.SettleAsync([new(first, null)], [charge], default));
        Done(await stores.Ledger.SettleAsync([new(second, null)], [figure], default));
        var open = Done(await stores.Postings.ReadOpenAsync(Payments, default));
        Assert.Equal(["p1", "p2"], open.Select(posting => posting.Id).Order());
        Done(await stores.Postings.ApplyAsync(charge, Admitted, default));
        Done(await stores.Postings.ApplyAsync(figure, Admitted, default));

        var running = Done(await stores.Accounts.ReadAsync(Payments, default))![MonthUsd];
        Assert.Equal((1.25m, 1.25m, 0m), (running.Committed, running.Settled, running.Estimated));
    }

    [Fact]
    public async Task Every_open_posting_is_scanned_whatever_its_account()
    {
        var stores = await WithPostingAsync(PostingOf("p1", 0.3m, 0.5m));
        var elsewhere = new Posting(
            new AccountKey(TeamScope("who@else"), "2025-12"), "p1", [new(MonthUsd, 1m, 0m, [])]);
        var entry = Measured(Held("r2") with { Version = 0 }, 1m, "p1");
        Done(await stores.Ledger.SettleAsync([new(entry, null)], [elsewhere], default));
        var page = Done(await stores.Postings.ScanOpenAsync(null, default));
        Assert.Equal(2, page.Postings.Count);

        Done(await stores.Postings.ApplyAsync(elsewhere, Admitted, default));
        var left = Assert.Single(Done(await stores.Postings.ScanOpenAsync(null, default)).Postings);
        AssertSame(PostingOf("p1", 0.3m, 0.5m), left);
    }

    private async Task<Stores> WithPostingAsync(Posting posting)
    {
        var stores = await OpenAsync();
        var held = Held("r1", AttemptOf("a1", 0.5m));
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 0.5m, null), default));
        Done(await stores.Ledger.PutHeldAsync(held, default));
        Done(await stores.Ledger.SettleAsync([new(Measured(held, 0.3m, posting.Id), 1)], [posting], default));
        return stores;
    }
}
