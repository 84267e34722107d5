namespace AiGateway.Domain.Ledger;

/// <summary>
/// What an account item says: <c>committed = settled + estimated + Σ buckets + moved</c> for each running total.
/// </summary>
public sealed record AccountTotals(AccountKey Account, IReadOnlyDictionary<Total, RunningTotal> Totals)
{
    public RunningTotal this[Total total] => Totals.TryGetValue(total, out var found) ? found : RunningTotal.Zero;

    /// <summary>An item that nothing was written to.</summary>
    public static AccountTotals Empty(AccountKey account) => new(account, new Dictionary<Total, RunningTotal>());

    /// <summary>What several shards come to together.</summary>
    public static AccountTotals Sum(AccountKey account, IReadOnlyCollection<AccountTotals> shards) => new(
        account,
        shards.SelectMany(shard => shard.Totals)
            .GroupBy(total => total.Key, total => total.Value)
            .ToDictionary(total => total.Key, RunningTotal.Sum));
}

/// <summary>One running total. Zero where the item does not carry it.</summary>
public sealed record RunningTotal(
    decimal Committed, decimal Settled, decimal Estimated, IReadOnlyDictionary<long, decimal> Buckets)
{
    public static readonly RunningTotal Zero = new(0m, 0m, 0m, new Dictionary<long, decimal>());

    /// <summary>
    /// What this shard gave to others of its scope, less what it took: it counts like spent, so that the shares of all
    /// shards come
    /// to the limit. Over all shards it is zero.
    /// </summary>
    public decimal Moved { get; init; }

    /// <summary>The limit under which a shard last took a share; null: it never did. Shard 0 has none.</summary>
    public decimal? Granted { get; init; }

    public static RunningTotal Sum(IEnumerable<RunningTotal> totals)
    {
        var all = totals.ToList();
        return new RunningTotal(
            all.Sum(total => total.Committed),
            all.Sum(total => total.Settled),
            all.Sum(total => total.Estimated),
            all.SelectMany(total => total.Buckets)
                .GroupBy(bucket => bucket.Key, bucket => bucket.Value)
                .ToDictionary(bucket => bucket.Key, bucket => bucket.Sum()))
        {
            Moved = all.Sum(total => total.Moved),
        };
    }
}
