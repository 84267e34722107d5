using AiGateway.Domain.Ledger;
using static AiGateway.Engine.Tests.Contract.ContractData;

namespace AiGateway.Engine.Tests.Contract;

public abstract partial class StoreContractTests
{
    private static readonly AccountKey Third = Payments.At(3);

    [Fact]
    public async Task A_shard_that_was_granted_nothing_holds_nothing_and_is_told_apart_from_its_account()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 4m, 10m), default));
        var refused = await stores.Accounts.ReserveAsync(OnThird(1m, ceiling: -1m, limit: 10m), default);

        Assert.Equal(0m, (Current(refused) ?? AccountTotals.Empty(Third))[MonthUsd].Committed);
        Assert.Null(Done(await stores.Accounts.ReadAsync(Third, default)));
        Assert.Equal(4m, Done(await stores.Accounts.ReadAsync(Payments, default))![MonthUsd].Committed);
    }

    [Fact]
    public async Task A_move_gives_takes_grants_and_holds_at_once()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.MoveAsync(
            [Gives(Payments, 3m, 7m), Takes(3m, OnThird(1m, ceiling: 2m, limit: 10m), granted: 10m)], default));

        var bank = Done(await stores.Accounts.ReadAsync(Payments, default))![MonthUsd];
        var third = Done(await stores.Accounts.ReadAsync(Third, default))![MonthUsd];
        Assert.Equal((3m, 3m, null), (bank.Committed, bank.Moved, bank.Granted));
        Assert.Equal((-2m, -3m, 10m), (third.Committed, third.Moved, third.Granted));
        Assert.Equal(1m, third.Buckets[Bucket]);
        Assert.Equal(2m, Done(await stores.Accounts.ReserveAsync(OnThird(2m, -2m, 10m), default))[MonthUsd].Buckets[Bucket] - 1m);
    }

    [Fact]
    public async Task A_move_with_one_failed_condition_writes_nothing_and_shows_the_item()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 8m, 10m), default));
        var refused = Current(await stores.Accounts.MoveAsync(
            [Gives(Payments, 3m, 7m), Takes(3m, OnThird(1m, ceiling: 2m, limit: 10m), granted: 10m)], default))!;

        Assert.Equal((Payments, 8m), (Assert.Single(refused).Account, refused[0][MonthUsd].Committed));
        Assert.Equal(0m, Done(await stores.Accounts.ReadAsync(Payments, default))![MonthUsd].Moved);
        Assert.Null(Done(await stores.Accounts.ReadAsync(Third, default)));
    }

    [Fact]
    public async Task A_move_shows_an_item_that_is_not_there_as_empty()
    {
        var stores = await OpenAsync();
        var refused = Current(await stores.Accounts.MoveAsync([Gives(Third, 1m, -1m), Gives(Payments, -1m, 10m)], default))!;

        Assert.Equal((Third, 0), (Assert.Single(refused).Account, refused[0].Totals.Count));
    }

    [Fact]
    public async Task A_share_is_held_on_under_no_lower_limit_than_it_was_granted_under()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.MoveAsync(
            [Gives(Payments, 5m, 5m), Takes(5m, OnThird(0m, ceiling: 5m, limit: 10m), granted: 10m)], default));

        var refused = await stores.Accounts.ReserveAsync(OnThird(1m, ceiling: -1m, limit: 9.99m), default);
        Assert.Equal((-5m, 10m), (Current(refused)![MonthUsd].Committed, Current(refused)![MonthUsd].Granted));
        Done(await stores.Accounts.ReserveAsync(OnThird(1m, ceiling: -1m, limit: 12m), default));
        Done(await stores.Accounts.ReserveAsync(OnThird(1m, ceiling: -1m, limit: 10m), default));
    }

    [Fact]
    public async Task What_was_granted_must_be_no_lower_where_it_is_asked_for_so_and_may_be_missing()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(OnBank(1m, ceiling: 9m, limit: 10m), default));
        var opened = OnBank(1m, ceiling: 9m, limit: 8m) with { IsOpened = true };
        Assert.Equal(1m, Current(await stores.Accounts.ReserveAsync(opened, default))![MonthUsd].Committed);
        Done(await stores.Accounts.MoveAsync([Gives(Payments, 0m, 10m) with { Grants = [new(MonthUsd, 8m)] }], default));

        var refused = await stores.Accounts.ReserveAsync(OnBank(1m, ceiling: 9m, limit: 8.01m), default);
        Assert.Equal((1m, 8m), (Current(refused)![MonthUsd].Committed, Current(refused)![MonthUsd].Granted));
        Current(await stores.Accounts.ReserveAsync(opened with { GrantedAtLeast = [new(MonthUsd, 8.01m)] }, default));
        Done(await stores.Accounts.ReserveAsync(opened, default));
        Done(await stores.Accounts.ReserveAsync(OnBank(1m, ceiling: 6m, limit: 7m), default));
    }

    [Fact]
    public async Task A_move_looks_at_an_item_that_it_does_not_change_and_does_not_make_it()
    {
        var stores = await OpenAsync();
        ShardWrite looks = new(OnBank(0m, null, 10m) with { Account = Third }, [], []);
        Done(await stores.Accounts.MoveAsync([Gives(Payments, 0m, 10m), looks], default));
        Assert.Null(Done(await stores.Accounts.ReadAsync(Third, default)));

        Done(await stores.Accounts.MoveAsync(
            [Gives(Payments, 5m, 5m), Takes(5m, OnThird(0m, ceiling: 5m, limit: 9m), granted: 9m)], default));
        var refused = Current(await stores.Accounts.MoveAsync([Gives(Payments, 1m, 9m), looks], default))!;
        Assert.Equal((Third, 9m), (Assert.Single(refused).Account, refused[0][MonthUsd].Granted));
        Assert.Equal((5m, 5m), Sums(Done(await stores.Accounts.ReadAsync(Payments, default))!));
    }

    [Fact]
    public async Task A_move_of_nothing_looks_at_its_conditions()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(Hold(Payments, 8m, 10m), default));

        Done(await stores.Accounts.MoveAsync([Gives(Payments, 0m, 8m)], default));
        Assert.Equal(8m, Current(await stores.Accounts.MoveAsync([Gives(Payments, 0m, 7m)], default))![0][MonthUsd].Committed);
    }

    [Fact]
    public async Task What_a_shard_overdrew_is_paid_while_it_still_is()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.ReserveAsync(OnThird(2m, ceiling: 5m, limit: null), default));
        ShardWrite[] pays =
        [
            Gives(Payments, 2m, null), Gives(Third, -2m, null) with { AtLeast = [new(MonthUsd, 2m)] },
        ];

        Done(await stores.Accounts.MoveAsync(pays, default));
        Assert.Equal(Third, Assert.Single(Current(await stores.Accounts.MoveAsync(pays, default))!).Account);
        Assert.Equal((0m, -2m), Sums(Done(await stores.Accounts.ReadAsync(Third, default))!));
        Assert.Equal((2m, 2m), Sums(Done(await stores.Accounts.ReadAsync(Payments, default))!));
    }

    [Fact]
    public async Task Shards_are_scanned_booked_on_and_corrected_as_the_items_that_they_are()
    {
        var stores = await OpenAsync();
        Done(await stores.Accounts.MoveAsync(
            [Gives(Payments, 5m, 5m), Takes(5m, OnThird(1m, ceiling: 4m, limit: 10m), granted: 10m)], default));
        var posting = new Posting(Third, "p1", [new(MonthUsd, 0.5m, 0m, [new(Bucket, 1m)])]);
        var entry = Measured(Held("r1") with { Version = 0 }, 0.5m, "p1") with
        {
            Settled = [new AccountHold(Third, [new(MonthUsd, 0.5m)])],
        };
        Done(await stores.Ledger.SettleAsync([new(entry, null)], [posting], default));
        AssertSame(posting, Assert.Single(Done(await stores.Postings.ReadOpenAsync(Third, default))));
        Assert.Empty(Done(await stores.Postings.ReadOpenAsync(Payments, default)));
        Done(await stores.Postings.ApplyAsync(posting, Admitted, default));

        AssertSame(entry, Assert.Single(Done(await stores.Ledger.ReadAsync(["r1"], default))));
        var scanned = Done(await stores.Accounts.ScanAsync(null, default)).Accounts;
        Assert.Equal([0, 3], scanned.Select(item => item.Account.Shard).Order());
        var third = scanned.Single(item => item.Account == Third)[MonthUsd];
        Assert.Equal((-4.5m, 0.5m, -5m), (third.Committed, third.Settled, third.Moved));
        var stale = await stores.Accounts.CorrectAsync(Third, MonthUsd, third with { Moved = 0m }, third, default);
        Assert.IsType<StoreResult<AccountTotals>.Refused>(stale);
        var corrected = third with { Moved = -4m, Committed = -3.5m };
        Assert.Equal((-3.5m, -4m), Sums(Done(await stores.Accounts.CorrectAsync(Third, MonthUsd, third, corrected, default))));
    }

    private static ReserveWrite OnThird(decimal usd, decimal ceiling, decimal? limit) => new(
        Third, Bucket, usd == 0m ? [] : [new(MonthUsd, usd)], [new(MonthUsd, ceiling)], [])
    {
        GrantedAtMost = limit is { } most ? [new(MonthUsd, most)] : [],
    };

    private static ReserveWrite OnBank(decimal usd, decimal? ceiling, decimal limit) => new(
        Payments, Bucket, usd == 0m ? [] : [new(MonthUsd, usd)], ceiling is { } most ? [new(MonthUsd, most)] : [], [])
    {
        GrantedAtLeast = [new(MonthUsd, limit)],
    };

    private static ShardWrite Gives(AccountKey shard, decimal amount, decimal? ceiling) => new(
        new ReserveWrite(shard, 0, [], ceiling is { } most ? [new(MonthUsd, most)] : [], []), [new(MonthUsd, amount)], []);

    private static ShardWrite Takes(decimal amount, ReserveWrite hold, decimal granted) => new(
        hold with { GrantedAtMost = [] }, [new(MonthUsd, -amount)], [new(MonthUsd, granted)]);

    private static (decimal Committed, decimal Moved) Sums(AccountTotals item) => (item[MonthUsd].Committed, item[MonthUsd].Moved);
}
