using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Engine.Tests.Fakes;
using Sweep.Decode;
using Sweep.Tests.Harness;

namespace Sweep.Tests;

/// <summary>What the function says of each way a run can end, over the engine's fake tables.</summary>
public static class HandlerTests
{
    private static readonly TimeSpan Expired = TimeSpan.FromMinutes(40);

    [Fact]
    public static async Task An_index_that_lags_stops_the_sweep_loudly_and_nothing_is_released()
    {
        var (process, books) = await WithStaleIndexAsync();

        await Assert.ThrowsAsync<IndexLagException>(
            () => process.InvokeAsync(Events.Sweep, _ => process.Over(books)));

        Assert.Equal(2m, (await books.UsdAsync()).Committed);
        Assert.Contains("\"event\":\"sweep_failed\"", process.Log, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"index_lags\"", process.Log, StringComparison.Ordinal);
        Assert.Contains("\"SweepsCompleted\":0", process.Log, StringComparison.Ordinal);
        Assert.Contains("\"IndexLag\":", process.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_comparison_that_runs_out_of_time_is_an_error_because_it_can_not_be_taken_up()
    {
        var process = new SweepProcess(Events.Now);
        Ports Slow(Settings settings) => new(
            _ => throw new InvalidOperationException("Not asked for."),
            stop =>
            {
                process.Clock.Advance(TimeSpan.FromHours(1));
                return Task.FromCanceled<ReconciliationReport>(stop);
            });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.InvokeAsync(Events.Verify, Slow));

        Assert.Contains("\"reason\":\"deadline\"", process.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_sweep_that_is_stopped_while_the_store_answers_late_is_no_outage()
    {
        var process = new SweepProcess(Events.Now);
        Ports Late(Settings settings) => new(
            _ =>
            {
                process.Clock.Advance(TimeSpan.FromHours(1));
                throw new StoreFailedException(StoreFault.TimedOut, "account scan", "stopped by its caller");
            },
            _ => throw new InvalidOperationException("Not asked for."));

        var reply = await process.InvokeAsync(Events.Sweep, Late);

        Assert.Equal("stopped_at_deadline", reply.Outcome);
    }

    [Theory]
    [InlineData(StoreFault.TimedOut, "store_unavailable")]
    [InlineData(StoreFault.Unreachable, "store_unavailable")]
    [InlineData(StoreFault.Throttled, "store_unavailable")]
    [InlineData(StoreFault.Denied, "denied")]
    [InlineData(StoreFault.Malformed, "malformed")]
    public static async Task A_store_without_an_answer_is_thrown_and_named(StoreFault fault, string reason)
    {
        var process = new SweepProcess(Events.Now);
        Ports Failing(Settings settings) => new(
            _ => throw new StoreFailedException(fault, "account scan", "by the test"),
            _ => throw new InvalidOperationException("Not asked for."));

        await Assert.ThrowsAsync<StoreFailedException>(() => process.InvokeAsync(Events.Sweep, Failing));

        Assert.Contains($"\"reason\":\"{reason}\"", process.Log, StringComparison.Ordinal);
        Assert.Contains("invocation-1", process.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("SweepsCompleted\":1", process.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task What_is_left_to_the_next_sweep_is_said_and_does_not_count_as_completed()
    {
        var process = new SweepProcess(Events.Now);
        Ports Left(Settings settings) => new(
            _ => Task.FromResult(new SweepReport(3, 1, TimeSpan.Zero, "Postings of org@2026-11 could not be applied.")),
            _ => throw new InvalidOperationException("Not asked for."));

        var reply = await process.InvokeAsync(Events.Sweep, Left);

        Assert.Equal(("left_work", 3, 1), (reply.Outcome, reply.Expired, reply.Released));
        Assert.Contains("\"level\":\"warning\"", process.Log, StringComparison.Ordinal);
        Assert.Contains("\"SweepsCompleted\":0", process.Log, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task An_event_that_names_no_action_is_refused_before_anything_is_touched()
    {
        var process = new SweepProcess(Events.Now);
        Ports None(Settings settings) => new(
            _ => throw new InvalidOperationException("Not asked for."),
            _ => throw new InvalidOperationException("Not asked for."));

        await Assert.ThrowsAsync<BadEventException>(() => process.InvokeAsync(new ScheduleEvent("rebuild"), None));

        Assert.Contains("\"reason\":\"unknown_action\"", process.Log, StringComparison.Ordinal);
    }

    // The index still shows an entry that was settled before the hold expired.
    private static async Task<(SweepProcess Process, Books Books)> WithStaleIndexAsync()
    {
        var tables = new FakeTables();
        var index = new OpenIndexView(entry => entry.OpenBucket);
        var store = new FakeStore(tables, index, new PerfectNetwork());
        var books = new Books(store, store, store);
        await books.HoldAsync("r1", 2m, Events.Now);
        var held = tables.Ledger.Find("r1")!;
        index.CatchUp(held);
        tables.Ledger.Write(held with
        {
            State = EntryState.NotSent,
            Version = 2,
            Result = new EntryResult(
                null, "not_sent", null, null, null, null, null, AiGateway.Domain.Usd.Zero, Events.Now),
        });
        return (new SweepProcess(Events.Now + Expired), books);
    }
}
