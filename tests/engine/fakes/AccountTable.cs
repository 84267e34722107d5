using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Fakes;

/// <summary>What the accounts' table does, call by call, without time and without faults.</summary>
internal sealed class AccountTable
{
    private readonly SortedDictionary<string, (AccountKey Key, Dictionary<Total, Running> Totals)> items =
        new(StringComparer.Ordinal);

    public IEnumerable<AccountTotals> All => items.Values.Select(item => Snapshot(item.Key));

    public StoreResult<AccountTotals> Reserve(ReserveWrite write)
    {
        if (!IsAllowed(write))
        {
            return new StoreResult<AccountTotals>.Refused(Snapshot(write.Account));
        }

        Take(write);
        return new StoreResult<AccountTotals>.Done(Snapshot(write.Account));
    }

    public StoreResult<IReadOnlyList<AccountTotals>> Move(IReadOnlyList<ShardWrite> writes)
    {
        List<AccountTotals> refused =
            [.. writes.Where(write => !IsAllowed(write)).Select(write => Snapshot(write.Account))];
        if (refused.Count > 0)
        {
            return new StoreResult<IReadOnlyList<AccountTotals>>.Refused(refused);
        }

        foreach (var write in writes)
        {
            Take(write.Hold);
            foreach (var (total, amount) in write.Moves)
            {
                At(write.Account, total).Committed += amount;
                At(write.Account, total).Moved += amount;
            }

            foreach (var (total, limit) in write.Grants)
            {
                At(write.Account, total).Granted = limit;
            }
        }

        return new StoreResult<IReadOnlyList<AccountTotals>>.Done([]);
    }

    public StoreResult<AccountTotals> GiveBack(AccountKey account, long bucket, IReadOnlyList<TotalAmount> amounts)
    {
        var totals = Find(account);
        if (amounts.Any(held => !totals.TryGetValue(held.Total, out var running)
            || running.Buckets.GetValueOrDefault(bucket, -1m) < held.Amount))
        {
            return new StoreResult<AccountTotals>.Refused(Read(account));
        }

        foreach (var (total, amount) in amounts)
        {
            totals[total].Committed -= amount;
            totals[total].Buckets[bucket] -= amount;
        }

        return new StoreResult<AccountTotals>.Done(Snapshot(account));
    }

    public StoreResult<AccountTotals> ExpireBucket(AccountKey account, Total total, BucketAmount expected)
    {
        if (!Find(account).TryGetValue(total, out var running)
            || !running.Buckets.TryGetValue(expected.Bucket, out var amount)
            || amount != expected.Amount)
        {
            return new StoreResult<AccountTotals>.Refused(Read(account));
        }

        running.Committed -= amount;
        running.Buckets.Remove(expected.Bucket);
        return new StoreResult<AccountTotals>.Done(Snapshot(account));
    }

    public StoreResult<AccountTotals> Correct(
        AccountKey account, Total total, RunningTotal seen, RunningTotal corrected)
    {
        var running = Find(account).GetValueOrDefault(total);
        if ((running?.Committed ?? 0m, running?.Settled ?? 0m, running?.Estimated ?? 0m, running?.Moved ?? 0m)
            != (seen.Committed, seen.Settled, seen.Estimated, seen.Moved))
        {
            return new StoreResult<AccountTotals>.Refused(Read(account));
        }

        running ??= At(account, total);
        running.Committed = corrected.Committed;
        running.Settled = corrected.Settled;
        running.Estimated = corrected.Estimated;
        running.Moved = corrected.Moved;
        return new StoreResult<AccountTotals>.Done(Snapshot(account));
    }

    public AccountTotals? Read(AccountKey account) =>
        items.ContainsKey(account.ToString()) ? Snapshot(account) : null;

    /// <summary>The holds that a posting releases and that are not in their bucket.</summary>
    public IReadOnlyList<(Total Total, long Bucket)> Missing(Posting posting) =>
        [.. posting.Changes.SelectMany(change => change.Released, (change, hold) => (change.Total, hold))
            .Where(released => !Find(posting.Account).TryGetValue(released.Total, out var running)
                || running.Buckets.GetValueOrDefault(released.hold.Bucket, -1m) < released.hold.Amount)
            .Select(released => (released.Total, released.hold.Bucket))];

    public void Apply(Posting posting)
    {
        foreach (var change in posting.Changes)
        {
            var running = At(posting.Account, change.Total);
            running.Settled += change.Settled;
            running.Estimated += change.Estimated;
            running.Committed += change.Settled + change.Estimated - change.Released.Sum(hold => hold.Amount);
            foreach (var hold in change.Released)
            {
                running.Buckets[hold.Bucket] = running.Buckets.GetValueOrDefault(hold.Bucket) - hold.Amount;
            }
        }
    }

    // An absent amount is zero, and more than a negative ceiling.
    private bool IsAllowed(ReserveWrite write)
    {
        var totals = Find(write.Account);
        return write.Ceilings.All(ceiling => totals.TryGetValue(ceiling.Total, out var running)
                ? running.Committed <= ceiling.Amount
                : ceiling.Amount >= 0m)
            && write.GrantedAtMost.All(granted => totals.GetValueOrDefault(granted.Total)?.Granted <= granted.Amount);
    }

    private bool IsAllowed(ShardWrite write) => IsAllowed(write.Hold)
        && write.AtLeast.All(least => Find(write.Account).GetValueOrDefault(least.Total)?.Committed >= least.Amount);

    private void Take(ReserveWrite write)
    {
        foreach (var (total, amount) in write.Amounts)
        {
            var running = At(write.Account, total);
            running.Committed += amount;
            running.Buckets[write.Bucket] = running.Buckets.GetValueOrDefault(write.Bucket) + amount;
        }

        foreach (var stale in write.Stale)
        {
            Find(write.Account).Remove(stale.Total);
        }
    }

    private Dictionary<Total, Running> Find(AccountKey account) =>
        items.TryGetValue(account.ToString(), out var item) ? item.Totals : [];

    private Running At(AccountKey account, Total total)
    {
        if (!items.TryGetValue(account.ToString(), out var item))
        {
            items[account.ToString()] = item = (account, []);
        }

        if (!item.Totals.TryGetValue(total, out var running))
        {
            item.Totals[total] = running = new Running();
        }

        return running;
    }

    private AccountTotals Snapshot(AccountKey account) => new(
        account,
        Find(account).ToDictionary(
            total => total.Key,
            total => total.Value.Snapshot()));

    private sealed class Running
    {
        public decimal Committed { get; set; }

        public decimal Settled { get; set; }

        public decimal Estimated { get; set; }

        public decimal Moved { get; set; }

        public decimal? Granted { get; set; }

        public SortedDictionary<long, decimal> Buckets { get; } = [];

        public RunningTotal Snapshot() =>
            new(Committed, Settled, Estimated, new Dictionary<long, decimal>(Buckets)) { Moved = Moved, Granted = Granted };
    }
}
