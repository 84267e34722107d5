using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Ledger;

public sealed class LedgerTableTests : IAsyncLifetime
{
    private TestTables tables = null!;
    private LedgerTable ledger = null!;

    public async ValueTask InitializeAsync()
    {
        tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Ledger, TableDefinitions.Postings);
        ledger = new LedgerTable(tables.Client, tables.Names, TestTables.StoreTimeout);
    }

    public ValueTask DisposeAsync()
    {
        tables.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Puts_a_new_entry_and_refuses_the_next_one_with_what_stands()
    {
        Done(await ledger.PutHeldAsync(Held("r1"), default));

        var standing = Refused(await ledger.PutHeldAsync(Held("r1", Attempt("other")), default));

        Assert.Equivalent(Held("r1"), standing, strict: true);
    }

    [Fact]
    public async Task Reads_back_everything_that_an_entry_says()
    {
        var measured = Measured(Held("r1", Attempt("a1"), Attempt("a2"))) with
        {
            Estimated = [new AccountHold(Payments, []), new AccountHold(Account("it's \"ödd\" @ 😀"), [new TotalAmount(DayTokens, -3m)])],
        };
        Done(await ledger.SettleAsync([new EntryWrite(measured, null)], [], default));

        var read = Assert.Single(Done(await ledger.ReadAsync(["r1", "unknown", "r1"], default)));

        Assert.Equivalent(measured, read, strict: true);
        Assert.Empty(Done(await ledger.ReadAsync([], default)));
    }

    [Fact]
    public async Task Appends_an_attempt_only_to_a_held_entry_of_the_version_that_was_read()
    {
        Done(await ledger.PutHeldAsync(Held("r1"), default));

        var two = Done(await ledger.AppendAttemptAsync("r1", 1, Attempt("a2"), default));
        Assert.Equal(2, two.Version);
        Assert.Equal(["a1", "a2"], two.Attempts.Select(attempt => attempt.Id));

        Assert.Equal(2, Refused(await ledger.AppendAttemptAsync("r1", 1, Attempt("a3"), default))!.Version);
        Assert.Null(Refused(await ledger.AppendAttemptAsync("unknown", 1, Attempt("a3"), default)));

        Done(await ledger.SettleAsync([new EntryWrite(Measured(two), 2)], [], default));
        Assert.Equal(EntryState.Measured, Refused(await ledger.AppendAttemptAsync("r1", 3, Attempt("a3"), default))!.State);
    }

    [Fact]
    public async Task Voids_what_does_not_exist_so_that_a_late_reserve_cannot_land_after_it()
    {
        var written = Done(await ledger.VoidAsync(Void("r1"), "a1", default));

        Assert.Equal(EntryState.Void, written.State);
        Assert.Equal(EntryState.Void, Refused(await ledger.PutHeldAsync(Held("r1"), default))!.State);
        Assert.Equal("over_limit", written.Result!.Reason);
    }

    [Fact]
    public async Task Voids_its_own_only_attempt_and_takes_it_out_of_the_open_index()
    {
        Done(await ledger.PutHeldAsync(Held("r1"), default));
        Assert.Equal(["r1"], await OpenAsync("r1"));

        var written = Done(await ledger.VoidAsync(Void("r1"), "a1", default));

        Assert.Equal(2, written.Version);
        Assert.Empty(await OpenAsync("r1"));
        // A settlement that had read the held entry must be refused.
        Assert.Equal(["r1"], Refused(await ledger.SettleAsync([new EntryWrite(Measured(Held("r1")), 1)], [], default)));
    }

    [Fact]
    public async Task Never_voids_an_entry_with_an_attempt_of_another_invocation()
    {
        Done(await ledger.PutHeldAsync(Held("r1"), default));
        Assert.Equal("a1", Refused(await ledger.VoidAsync(Void("r1"), "other", default))!.Attempts[0].Id);

        Done(await ledger.AppendAttemptAsync("r1", 1, Attempt("a2"), default));
        Assert.Equal(2, Refused(await ledger.VoidAsync(Void("r1"), "a1", default))!.Attempts.Count);
        Assert.Equal(2, Refused(await ledger.VoidAsync(Void("r1"), "a2", default))!.Attempts.Count);
    }

    [Fact]
    public async Task Never_voids_an_entry_that_is_settled()
    {
        Done(await ledger.SettleAsync([new EntryWrite(Measured(Held("r1")), null)], [], default));

        Assert.Equal(EntryState.Measured, Refused(await ledger.VoidAsync(Void("r1"), "a1", default))!.State);
    }

    [Fact]
    public async Task Settles_entries_and_postings_together_or_not_at_all()
    {
        var postings = new PostingsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var posting = Posting("p1", new TotalChange(MonthUsd, 0.1m, 0m, [new BucketAmount(Bucket, 0.25m)]));
        Done(await ledger.PutHeldAsync(Held("r1"), default));
        Done(await ledger.PutHeldAsync(Held("r2"), default));

        EntryWrite[] writes =
            [new EntryWrite(Measured(Held("r1")), 1), new EntryWrite(Measured(Held("r2")), 7), new EntryWrite(Measured(Held("r3")), null)];
        Assert.Equal(["r2"], Refused(await ledger.SettleAsync(writes, [posting], default)));
        Assert.Empty(Done(await postings.ReadOpenAsync(Payments, default)));
        Assert.Equal(EntryState.Held, Done(await ledger.ReadAsync(["r1"], default))[0].State);

        writes[1] = writes[1] with { ReadVersion = 1 };
        Done(await ledger.SettleAsync(writes, [posting], default));
        Assert.Equivalent(posting, Assert.Single(Done(await postings.ReadOpenAsync(Payments, default))), strict: true);
        Assert.Equal(["r1", "r2", "r3"], Refused(await ledger.SettleAsync(writes, [posting], default)));
    }

    [Fact]
    public async Task Finds_every_open_entry_of_a_bucket_and_shard_over_several_pages()
    {
        var ids = Enumerable.Range(0, 60).Select(number => $"request-{number}").ToList();
        foreach (var id in ids)
        {
            Done(await ledger.PutHeldAsync(Held(id), default));
        }

        var paged = new LedgerTable(tables.Client, tables.Names, TestTables.StoreTimeout) { OpenPageSize = 2 };
        var found = new List<string>();
        for (var shard = 0; shard < OpenIndex.Shards; shard++)
        {
            string? cursor = null;
            do
            {
                var page = Done(await paged.QueryOpenAsync(Bucket, shard, cursor, default));
                Assert.All(page.RequestIds, id => Assert.Equal(shard, OpenIndex.ShardOf(id)));
                found.AddRange(page.RequestIds);
                cursor = page.Cursor;
            }
            while (cursor is not null);
        }

        Assert.Equal(ids.Order(), found.Order());
    }

    [Fact]
    public async Task Keeps_an_entry_thirteen_months_past_its_month_and_indexes_a_team_only_once_it_has_ended()
    {
        Done(await ledger.PutHeldAsync(Held("r1"), default));
        Assert.DoesNotContain("team_shard", (await RawAsync("r1")).Keys);

        Done(await ledger.SettleAsync([new EntryWrite(Measured(Held("r1")), 1)], [], default));

        var item = await RawAsync("r1");
        var expires = DateTimeOffset.FromUnixTimeSeconds(long.Parse(item["expires_at"].N!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(new DateTimeOffset(2028, 1, 1, 0, 0, 0, TimeSpan.Zero), expires);
        Assert.StartsWith("payments#", item["team_shard"].S!, StringComparison.Ordinal);
        Assert.DoesNotContain("open", item.Keys);
    }

    [Fact]
    public async Task A_malformed_entry_is_a_fault_through_every_method()
    {
        await tables.PutRawAsync(
            tables.Names.Ledger,
            new Dictionary<string, AttributeValue> { ["request_id"] = new() { S = "r1" }, ["state"] = new() { S = "odd" } });

        Failed(StoreFault.Malformed, await ledger.ReadAsync(["r1"], default));
        Failed(StoreFault.Malformed, await ledger.PutHeldAsync(Held("r1"), default));
        Failed(StoreFault.Malformed, await ledger.AppendAttemptAsync("r1", 1, Attempt(), default));
        Failed(StoreFault.Malformed, await ledger.VoidAsync(Void("r1"), "a1", default));
    }

    private async Task<IReadOnlyList<string>> OpenAsync(string id) =>
        Done(await ledger.QueryOpenAsync(Bucket, OpenIndex.ShardOf(id), null, default)).RequestIds;

    private async Task<Dictionary<string, AttributeValue>> RawAsync(string id) => (await tables.ReadRawAsync(
        tables.Names.Ledger, new Dictionary<string, AttributeValue> { ["request_id"] = new() { S = id } }))!;
}
