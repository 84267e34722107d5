using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.SettlerFixture;

namespace AiGateway.Engine.Tests;

/// <summary>Killed at every single call, before and after it was applied, and started again: the same books.</summary>
public sealed class KillTests
{
    public static TheoryData<Fate> Kills => [Fate.CrashBefore, Fate.CrashAfter, Fate.RequestLost, Fate.AnswerLost];

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task A_batch_killed_between_any_two_calls_and_redelivered_gives_the_same_books(Fate fate)
    {
        var expected = await BooksAsync(null);
        for (var kill = 1; kill <= expected.Calls; kill++)
        {
            var at = kill;
            var (books, _) = await BooksAsync((_, number) => number == at ? fate : Fate.Normal);

            Assert.Equal(expected.Books, books);
        }
    }

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task A_sweep_killed_between_any_two_writes_and_run_again_gives_the_same_books(Fate fate)
    {
        var expected = await SweptAsync(null);
        Assert.Contains("0 open postings", expected.Books, StringComparison.Ordinal);
        for (var kill = 1; kill <= expected.Writes; kill++)
        {
            var at = kill;
            var writes = 0;
            var (books, _) = await SweptAsync(
                (call, _) => call.Items.Count > 0 && ++writes == at ? fate : Fate.Normal);

            Assert.Equal(expected.Books, books);
        }
    }

    private static async Task<(string Books, int Calls)> BooksAsync(Func<StoreCall, int, Fate>? script)
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        world.Admit("r1", 2m, "search");
        world.Admit("r2", 3m);
        world.Admit("r3", 4m);
        await world.SettleAsync([Line("r3", 0m, EntryState.Expired)]);
        SettlementRequest[] batch =
        [
            Line("r1", 1.5m), Line("r2", 3m, EntryState.Estimated), Line("r3", 2m), Line("r4", 0.1m),
            Line("r5", 0m, EntryState.NotSent),
        ];
        try
        {
            await world.SettleAsync(batch, script);
        }
        catch (KilledException)
        {
            // Delivered again below.
        }

        var calls = world.Network.Calls.Count;
        await world.SettleAsync(batch);
        return (world.Books(), calls);
    }

    private static async Task<(string Books, int Writes)> SweptAsync(Func<StoreCall, int, Fate>? script)
    {
        var world = new SettlerFixture();
        world.Admit("r1", 1m);
        world.Admit("r2", 3m, "search");
        world.Admit("r3", 4m);
        await world.SettleAsync([Line("r3", 2m)], (call, _) => call.Method == "Apply" ? Fate.Throttled : Fate.Normal);
        world.Time.Now += TimeSpan.FromMinutes(50);
        try
        {
            await world.SweepAsync(script);
        }
        catch (KilledException)
        {
            // Run again below.
        }

        var writes = world.Network.Calls.Count(call => call is "Settle" or "Apply" or "ExpireBucket");
        await world.SweepAsync();
        var books = world.Books().Split('\n').Where(line => !line.StartsWith("result", StringComparison.Ordinal));
        return (string.Join('\n', books), writes);
    }
}
