using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Simulation.Shards;

/// <summary>Notes what kinds of moves a schedule has.</summary>
internal sealed class SeenMoves(PlantedStores inner, HashSet<string> seen) : PassThrough(inner)
{
    public override async Task<StoreResult<IReadOnlyList<AccountTotals>>> MoveAsync(
        IReadOnlyList<ShardWrite> writes, CancellationToken stop)
    {
        var answer = await base.MoveAsync(writes, stop);
        if (answer is StoreResult<IReadOnlyList<AccountTotals>>.Done)
        {
            seen.Add(KindOf(writes));
        }

        return answer;
    }

    private static string KindOf(IReadOnlyList<ShardWrite> writes) => writes switch
    {
        _ when writes.Count >= Domain.Budgets.BudgetRowParser.ShardsMax => "granted anew",
        _ when writes.All(write => write.Hold.Amounts.Count == 0) => "moved ahead of need",
        _ when writes.Count(write => write.Grants.Count > 0) > 1 => "first shares for all",
        _ => "moved for a hold",
    };
}
