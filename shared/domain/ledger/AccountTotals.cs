namespace AiGateway.Domain.Ledger;

/// <summary>
/// What an account item says: <c>committed = settled + estimated + Σ buckets</c> for each running total.
/// </summary>
public sealed record AccountTotals(AccountKey Account, IReadOnlyDictionary<Total, RunningTotal> Totals)
{
    public RunningTotal this[Total total] => Totals.TryGetValue(total, out var found) ? found : RunningTotal.Zero;
}

/// <summary>One running total. Zero where the item does not carry it.</summary>
public sealed record RunningTotal(
    decimal Committed, decimal Settled, decimal Estimated, IReadOnlyDictionary<long, decimal> Buckets)
{
    public static readonly RunningTotal Zero = new(0m, 0m, 0m, new Dictionary<long, decimal>());
}
