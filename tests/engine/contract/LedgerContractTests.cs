using AiGateway.Domain.Ledger;
using static AiGateway.Engine.Tests.Contract.ContractData;

namespace AiGateway.Engine.Tests.Contract;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task The_newest_probe_of_a_shard_is_shown_and_no_probe_is_an_entry()
    {
        var stores = await OpenAsync();
        Assert.Null(Done(await stores.Ledger.QueryProbeAsync(3, default)));
        foreach (var seconds in new[] { 10, 30, 20 })
        {
            Done(await stores.Ledger.PutProbeAsync(3, Admitted.AddSeconds(seconds), default));
        }

        Done(await stores.Ledger.PutProbeAsync(4, Admitted, default));

        Assert.Equal(Admitted.AddSeconds(30), Done(await stores.Ledger.QueryProbeAsync(3, default)));
        Assert.Equal(Admitted, Done(await stores.Ledger.QueryProbeAsync(4, default)));
        Assert.Empty(Done(await stores.Ledger.ScanAsync(null, default)).Entries);
    }

    [Fact]
    public async Task An_entry_is_put_once_and_the_second_put_shows_what_stands()
    {
        var stores = await OpenAsync();
        var first = Held("r1", AttemptOf("a1", 0.5m));
        Done(await stores.Ledger.PutHeldAsync(first, default));
        var standing = Current(await stores.Ledger.PutHeldAsync(Held("r1", AttemptOf("a2", 0.7m)), default));

        AssertSame(first, standing!);
        AssertSame(first, Assert.Single(Done(await stores.Ledger.ReadAsync(["r1", "r2"], default))));
    }

    [Fact]
    public async Task An_attempt_is_appended_to_the_version_that_was_read()
    {
        var stores = await OpenAsync();
        Done(await stores.Ledger.PutHeldAsync(Held("r1", AttemptOf("a1", 0.5m)), default));
        var appended = Done(
            await stores.Ledger.AppendAttemptAsync("r1", 1, AttemptOf("a2", 0.7m, Bucket + 1), default));
        var stale = await stores.Ledger.AppendAttemptAsync("r1", 1, AttemptOf("a3", 0.9m), default);

        Assert.Equal(2, appended.Version);
        Assert.Equal(["a1", "a2"], appended.Attempts.Select(attempt => attempt.Id));
        AssertSame(appended, Current(stale)!);
        Assert.Null(Current(await stores.Ledger.AppendAttemptAsync("r2", 1, AttemptOf("a1", 1m), default)));
    }

    [Fact]
    public async Task Only_what_is_held_takes_another_attempt()
    {
        var stores = await OpenAsync();
        Done(await stores.Ledger.VoidAsync(Voided("r1"), "a1", default));
        var refused = await stores.Ledger.AppendAttemptAsync("r1", 2, AttemptOf("a2", 1m), default);

        Assert.Equal(EntryState.Void, Current(refused)!.State);
    }

    [Fact]
    public async Task Void_takes_the_place_of_nothing_and_of_its_own_only_attempt()
    {
        var stores = await OpenAsync();
        Done(await stores.Ledger.PutHeldAsync(Held("own", AttemptOf("a1", 0.5m)), default));
        Done(await stores.Ledger.VoidAsync(Voided("own"), "a1", default));
        Done(await stores.Ledger.VoidAsync(Voided("none"), "a1", default));

        var entries = Done(await stores.Ledger.ReadAsync(["own", "none"], default));
        Assert.Equal([EntryState.Void, EntryState.Void], entries.Select(entry => entry.State));
        Assert.IsType<StoreResult<LedgerEntry>.Refused>(
            await stores.Ledger.PutHeldAsync(Held("none", AttemptOf("a1", 1m)), default));
    }

    [Fact]
    public async Task Void_leaves_an_entry_alone_that_another_attempt_stands_in()
    {
        var stores = await OpenAsync();
        Done(await stores.Ledger.PutHeldAsync(Held("other", AttemptOf("a1", 0.5m)), default));
        Done(await stores.Ledger.PutHeldAsync(Held("both", AttemptOf("a1", 0.5m)), default));
        Done(await stores.Ledger.AppendAttemptAsync("both", 1, AttemptOf("a2", 0.5m), default));

        Assert.Equal(1, Current(await stores.Ledger.VoidAsync(Voided("other"), "a2", default))!.Version);
        Assert.Equal(2, Current(await stores.Ledger.VoidAsync(Voided("both"), "a2", default))!.Version);
        Assert.Equal(2, Current(await stores.Ledger.VoidAsync(Voided("both"), "a1", default))!.Version);
    }

    [Fact]
    public async Task The_open_index_shows_held_entries_under_their_first_attempts_bucket()
    {
        var stores = await OpenAsync();
        Done(await stores.Ledger.PutHeldAsync(Held("r1", AttemptOf("a1", 0.5m)), default));
        Done(await stores.Ledger.AppendAttemptAsync("r1", 1, AttemptOf("a2", 0.5m, Bucket + 3), default));
        Done(await stores.Ledger.PutHeldAsync(Held("r2", AttemptOf("a1", 0.5m)), default));
        Done(await stores.Ledger.VoidAsync(Voided("r2"), "a1", default));

        Assert.Equal(["r1"], await OpenAsync(stores, Bucket));
        Assert.Empty(await OpenAsync(stores, Bucket + 3));
    }

    [Fact]
    public async Task A_settlement_writes_entries_and_postings_together()
    {
        var stores = await OpenAsync();
        var held = Held("r1", AttemptOf("a1", 0.5m));
        Done(await stores.Ledger.PutHeldAsync(held, default));
        var settled = Measured(held, 0.3m, "p1");
        Done(await stores.Ledger.SettleAsync([new(settled, 1)], [PostingOf("p1", 0.3m, 0.5m)], default));

        AssertSame(settled, Assert.Single(Done(await stores.Ledger.ReadAsync(["r1"], default))));
        Assert.Empty(await OpenAsync(stores, Bucket));
        var open = Assert.Single(Done(await stores.Postings.ReadOpenAsync(Payments, default)));
        AssertSame(PostingOf("p1", 0.3m, 0.5m), open);
    }

    [Fact]
    public async Task A_settlement_with_one_failed_condition_writes_nothing_and_names_the_request()
    {
        var stores = await OpenAsync();
        var held = Held("r1", AttemptOf("a1", 0.5m));
        Done(await stores.Ledger.PutHeldAsync(held, default));
        var fresh = Measured(Held("r2") with { Version = 0 }, 0.1m, "p1");
        var refused = await stores.Ledger.SettleAsync(
            [new(fresh, null), new(Measured(held, 0.3m, "p1"), 7)], [PostingOf("p1", 0.4m, 0.5m)], default);
        var known = await stores.Ledger.SettleAsync(
            [new(Measured(held with { Version = 0 }, 0.3m, "p1"), null)], [PostingOf("p1", 0.4m, 0.5m)], default);

        Assert.Equal(["r1"], Current(refused)!);
        Assert.Equal(["r1"], Current(known)!);
        Assert.Equal(EntryState.Held, Assert.Single(Done(await stores.Ledger.ReadAsync(["r1", "r2"], default))).State);
        Assert.Empty(Done(await stores.Postings.ReadOpenAsync(Payments, default)));
    }

    [Fact]
    public async Task Every_entry_is_scanned_once()
    {
        var stores = await OpenAsync();
        for (var n = 0; n < 12; n++)
        {
            Done(await stores.Ledger.PutHeldAsync(Held($"r{n:D2}", AttemptOf("a1", 0.5m)), default));
        }

        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = Done(await stores.Ledger.ScanAsync(cursor, default));
            found.AddRange(page.Entries.Select(entry => entry.RequestId));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"r{n:D2}"), found.Order());
    }

    private static async Task<IReadOnlyList<string>> OpenAsync(Stores stores, long bucket)
    {
        var found = new List<string>();
        for (var shard = 0; shard < OpenIndex.Shards; shard++)
        {
            var page = Done(await stores.Ledger.QueryOpenAsync(bucket, shard, null, default));
            Assert.All(page.RequestIds, id => Assert.Equal(shard, OpenIndex.ShardOf(id)));
            found.AddRange(page.RequestIds);
        }

        return found;
    }

    private static void AssertSame(LedgerEntry expected, LedgerEntry actual) =>
        Assert.Equal(EntryText.Of(expected), EntryText.Of(actual));

    private static void AssertSame(Posting expected, Posting actual) =>
        Assert.Equal(EntryText.Of(expected), EntryText.Of(actual));
}
