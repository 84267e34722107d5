using AiGateway.Domain;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Engine.Tests.Simulation;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>Books what has ended, a batch a second by each of a few workers.</summary>
internal sealed class LoadSettlement(FakeStore store, VirtualTime time, Random dice, int percent)
{
    private const int Workers = 4;

    private readonly List<SettlementRequest>[] waiting = [.. Enumerable.Range(0, Workers).Select(_ => new List<SettlementRequest>())];
    private readonly bool[] isBusy = new bool[Workers];
    private long postings;

    public void EndsSoon(string id, decimal hold)
    {
        var cost = Usd.RoundHalfEven(hold * percent / 100m);
        var worker = dice.Next(Workers);
        waiting[worker].Add(new SettlementRequest(id, _ => new Booking(
            EntryState.Measured,
            "hot",
            time.GetUtcNow(),
            [],
            new BookedAmounts(cost, 100, 1),
            new EntryResult(cost, "complete", null, null, null, null, null, Usd.Zero, time.GetUtcNow()))));
        if (!isBusy[worker])
        {
            isBusy[worker] = true;
            time.After(TimeSpan.FromSeconds(1), () => _ = BookAsync(worker));
        }
    }

    private async Task BookAsync(int worker)
    {
        var settler = new Settler(
            store,
            store,
            new Pacing(time, dice.Next, (delay, _) => time.DelayAsync(delay)),
            () => $"p{postings++:D9}");
        while (waiting[worker].Count > 0)
        {
            SettlementRequest[] batch = [.. waiting[worker]];
            waiting[worker].Clear();
            await settler.SettleAsync(batch, CancellationToken.None);
        }

        isBusy[worker] = false;
    }
}
