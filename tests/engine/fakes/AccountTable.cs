using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Fakes;

/// <summary>What the accounts' table does, call by call, without time and without faults.</summary>
internal sealed class AccountTable
{
    private readonly SortedDictionary<string, (AccountKey Key, Dictionary<Total, RunningAmounts> Totals)> items =
        new(StringComparer.Ordinal);

    /// <summary>How often something was corrected.</summary>
    public int Corrections { get; private set; }

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

        Corrections++;
        running ??= At(account, total);
        running.Committed = corrected.Committed;
        running.Settled = corrected.Settled;
        running.Estimated = corrected.Estimated;
        running.Moved = corrected.Moved;
        return new StoreResult<AccountTotals>.Done(Snapshot(account));
    }

    public StoreResult<AccountTotals> Remove(AccountKey account, IReadOnlyDictionary<Total, RunningTotal> seen)
    {
        var totals = Find(account);
        if (seen.Any(total => !IsAsSeen(totals.GetValueOrDefault(total.Key)?.Snapshot(), total.Value)))
        {
            return new StoreResult<AccountTotals>.Refused(Read(account));
        }

        foreach (var total in seen.Keys)
        {
            totals.Remove(total);
        }

        return new StoreResult<AccountTotals>.Done(Snapshot(account));
    }

    /// <summary>Somebody else's write: the account says more than was booked.</summary>
    public void Drift(AccountKey account, Total total, decimal amount, bool isSettled)
    {
        var running = At(account, total);
        running.Committed += amount;
        running.Settled += isSettled ? amount : 0m;
        running.Estimated += isSettled ? 0m : amount;
    }

    public decimal Committed(AccountKey account, Total total) =>
        Find(account).TryGetValue(total, out var running) ? running.Committed : 0m;

    /// <summary>What all shards of an account come to.</summary>
    public (decimal Committed, decimal Moved) SumOf(AccountKey account, Total total)
    {
        var (committed, moved) = (0m, 0m);
        foreach (var (key, totals) in items.Values)
        {
            if (key.Scope == account.Scope && key.Period == account.Period && totals.TryGetValue(total, out var running))
            {
                committed += running.Committed;
                moved += running.Moved;
            }
        }

        return (committed, moved);
    }

    /// <summary>The total of an item, by its name, whose parts do not come to its committed; null where there is none.</summary>
    public string? WrongParts(string item)
    {
        if (!items.TryGetValue(item, out var found))
        {
            return null;
        }

        foreach (var (total, running) in found.Totals)
        {
            if (!running.IsWhole)
            {
                return $"{item} {total}: {running.Snapshot()} does not add up.";
            }
        }

        return null;
    }

    /// <summary>The totals of an item, by its name.</summary>
    public IEnumerable<(AccountKey Account, Total Total)> TotalsOf(string item) =>
        items.TryGetValue(item, out var found) ? found.Totals.Keys.Select(total => (found.Key, total)) : [];

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
            && write.GrantedAtMost.All(granted => totals.GetValueOrDefault(granted.Total)?.Granted <= granted.Amount)
            && write.GrantedAtLeast.All(granted => totals.GetValueOrDefault(granted.Total)?.Granted is { } lowest
                ? lowest >= granted.Amount
                : !write.IsOpened);
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
            Forget(write, stale);
        }
    }

    private static bool IsAsSeen(RunningTotal? current, RunningTotal seen) =>
        ((current ??= RunningTotal.Zero).Committed, current.Settled, current.Estimated, current.Moved)
            == (seen.Committed, seen.Settled, seen.Estimated, seen.Moved)
        && seen.Buckets.All(bucket => current.Buckets.TryGetValue(bucket.Key, out var held) && held == bucket.Value);

    // Attribute by attribute, as the real table does: a bucket that is not named stays, and so does what this write adds
    // to.
    private void Forget(ReserveWrite write, StaleTotal stale)
    {
        if (!Find(write.Account).TryGetValue(stale.Total, out var running))
        {
            return;
        }

        var isAdded = write.Amounts.Any(amount => amount.Total == stale.Total);
        foreach (var bucket in stale.Buckets.Where(bucket => !isAdded || bucket != write.Bucket))
        {
            running.Buckets.Remove(bucket);
        }

        running.Settled = 0m;
        running.Estimated = 0m;
        running.Moved = 0m;
        running.Granted = null;
        running.Committed = isAdded ? running.Committed : 0m;
        if (!isAdded && running.Buckets.Count == 0)
        {
            Find(write.Account).Remove(stale.Total);
        }
    }

    private Dictionary<Total, RunningAmounts> Find(AccountKey account) =>
        items.TryGetValue(account.ToString(), out var item) ? item.Totals : [];

    private RunningAmounts At(AccountKey account, Total total)
    {
        if (!items.TryGetValue(account.ToString(), out var item))
        {
            items[account.ToString()] = item = (account, []);
        }

        if (!item.Totals.TryGetValue(total, out var running))
        {
            item.Totals[total] = running = new RunningAmounts();
        }

        return running;
    }

    private AccountTotals Snapshot(AccountKey account) => new(
        account,
        Find(account).ToDictionary(
            total => total.Key,
            total => total.Value.Snapshot()));
}
