using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>An account and its open postings, at one time.</summary>
internal sealed record AccountLook(AccountTotals? Totals, IReadOnlyList<Posting> Open)
{
    public static readonly AccountLook Nothing = new(null, []);

    /// <summary>Nothing was booked on the account between the two looks, and what is open was seen in full.</summary>
    public bool IsSame(AccountLook other) =>
        Open.Count < IPostingStore.OpenMax
        && Sums().SetEquals(other.Sums())
        && Open.Select(posting => posting.Id).ToHashSet().SetEquals(other.Open.Select(posting => posting.Id));

    public RunningTotal this[Total total] => Totals?[total] ?? RunningTotal.Zero;

    /// <summary>What open postings will still add.</summary>
    public decimal Pending(Total total, Func<TotalChange, decimal> part) =>
        Open.SelectMany(posting => posting.Changes).Where(change => change.Total == total).Sum(part);

    private HashSet<(Total, decimal Settled, decimal Estimated)> Sums() =>
        [.. (Totals?.Totals ?? new Dictionary<Total, RunningTotal>())
            .Select(total => (total.Key, total.Value.Settled, total.Value.Estimated))];
}
