using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;

namespace AiGateway.Aws.Tests.Engine;

/// <summary>
/// Killed between any two calls, failed in any way, delivered again: the same ledger and the same account.
/// </summary>
public static class SettlementOnTablesTests
{
    private static readonly IReadOnlyList<string> Batch = ["r0", "r1", "r2", "without-entry"];

    [Theory]
    [InlineData(CrashSide.BeforeTheCall)]
    [InlineData(CrashSide.AfterTheCall)]
    public static async Task Killed_at_any_call_and_delivered_again_books_once(CrashSide side)
    {
        var crashes = 0;
        for (var number = 1; ; number++)
        {
            using var engine = await WithReservesAsync();
            var crash = new CrashAtCall(number, side);
            try
            {
                await engine.SettleAsync(Batch, crash);
            }
            catch (CrashException)
            {
                crashes++;
            }

            await engine.SettleAsync(Batch);
            await AssertBookedOnceAsync(engine);
            if (!crash.HasCrashed)
            {
                break;
            }

            Assert.InRange(number, 1, 100);
        }

        Assert.InRange(crashes, 4, 100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public static async Task Delivered_until_it_succeeds_through_any_faults_books_once(int seed)
    {
        using var engine = await WithReservesAsync();
        var faults = new SeededFaults(seed, new FaultRates(Throttled: 10, Conflict: 10, FailBefore: 15, FailAfter: 15));

        for (var delivery = 0; !await DeliverAsync(engine, faults); delivery++)
        {
            Assert.InRange(delivery, 0, 1_000);
        }

        await AssertBookedOnceAsync(engine);
    }

    [Fact]
    public static async Task Delivered_many_times_at_once_whole_and_in_pieces_books_once()
    {
        using var engine = await WithReservesAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => number % 3 == 0
            ? engine.SettleAsync(Batch)
            : engine.SettleAsync(Batch.Skip(number % 3).Take(2))));

        await engine.SettleAsync(Batch);
        await AssertBookedOnceAsync(engine);
    }

    private static async Task<EngineOnTables> WithReservesAsync()
    {
        var engine = await EngineOnTables.CreateAsync();
        foreach (var id in Batch.Take(3))
        {
            Assert.IsType<ReserveOutcome.Admitted>(await engine.ReserveAsync(id));
        }

        return engine;
    }

    private static async Task<bool> DeliverAsync(EngineOnTables engine, SeededFaults faults)
    {
        try
        {
            return (await engine.SettleAsync(Batch, faults)).PostingsLeftOpen.Count == 0;
        }
        catch (StoreFailedException)
        {
            return false;
        }
    }

    private static async Task AssertBookedOnceAsync(EngineOnTables engine)
    {
        var month = await engine.MonthAsync();
        Assert.Equal(Batch.Count * EngineOnTables.Cost, month.Settled);
        Assert.Equal(0m, month.Estimated);
        Assert.Equal(month.Settled, month.Committed);
        Assert.All(month.Buckets.Values, held => Assert.Equal(0m, held));
        Assert.Empty(Answers.Done(await engine.Postings.ReadOpenAsync(Samples.Payments, default)));
        var entries = Answers.Done(await engine.Ledger.ReadAsync(Batch, default));
        Assert.Equal(Batch.Count, entries.Count);
        Assert.All(entries, entry => Assert.Equal(EntryState.Measured, entry.State));
    }
}
