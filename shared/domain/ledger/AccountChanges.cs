namespace AiGateway.Domain.Ledger;

/// <summary>
/// What an entry's change does to the accounts: the difference of what is booked, and the holds that end with it.
/// </summary>
public static class AccountChanges
{
    /// <summary>
    /// Holds end where a provider is named (the entry becomes estimated or measured): pass had been answered, so that
    /// those of all passed attempts were taken.
    /// Not after an expiry, which leaves the bucket to itself; nor where nothing was sent, because then it is not
    /// certain that a hold was taken.
    /// </summary>
    public static IReadOnlyList<AccountChange> Between(LedgerEntry? current, LedgerEntry next)
    {
        var settled = Difference(current?.Settled ?? [], next.Settled);
        var estimated = Difference(current?.Estimated ?? [], next.Estimated);
        var released = Released(current, next);

        return [.. settled.Keys.Concat(estimated.Keys).Concat(released.Keys).Distinct()
            .GroupBy(key => key.Account)
            .Select(keys => new AccountChange(keys.Key, [.. keys.Select(key => new TotalChange(
                key.Total,
                settled.GetValueOrDefault(key),
                estimated.GetValueOrDefault(key),
                released.GetValueOrDefault(key, [])))]))];
    }

    /// <summary>
    /// The changes of many entries as one change for each account, in the order in which the accounts first appear.
    /// </summary>
    public static IReadOnlyList<AccountChange> Merge(IEnumerable<AccountChange> changes) =>
        [.. changes.GroupBy(change => change.Account).Select(account => new AccountChange(
            account.Key,
            [.. account.SelectMany(change => change.Changes).GroupBy(change => change.Total).Select(Sum)]))];

    private static TotalChange Sum(IGrouping<Total, TotalChange> changes) => new(
        changes.Key,
        changes.Sum(change => change.Settled),
        changes.Sum(change => change.Estimated),
        SumBuckets(changes.SelectMany(change => change.Released)));

    private static IReadOnlyList<BucketAmount> SumBuckets(IEnumerable<BucketAmount> released) =>
        [.. released.GroupBy(hold => hold.Bucket)
            .Select(bucket => new BucketAmount(bucket.Key, bucket.Sum(hold => hold.Amount)))];

    private static Dictionary<(AccountKey Account, Total Total), IReadOnlyList<BucketAmount>> Released(
        LedgerEntry? current, LedgerEntry next)
    {
        var isTaken = current?.State is EntryState.Held or EntryState.NotSent;
        if (!isTaken || next.State is not (EntryState.Estimated or EntryState.Measured))
        {
            return [];
        }

        return current!.Attempts
            .SelectMany(attempt => attempt.Holds, (attempt, hold) => (attempt.Bucket, hold))
            .SelectMany(
                held => held.hold.Amounts,
                (held, taken) =>
                    (Key: (held.hold.Account, taken.Total), Hold: new BucketAmount(held.Bucket, taken.Amount)))
            .Where(held => held.Hold.Amount != 0m)
            .GroupBy(held => held.Key, held => held.Hold)
            .ToDictionary(total => total.Key, SumBuckets);
    }

    private static Dictionary<(AccountKey Account, Total Total), decimal> Difference(
        IReadOnlyList<AccountHold> before, IReadOnlyList<AccountHold> after)
    {
        var difference = new Dictionary<(AccountKey, Total), decimal>();
        Add(difference, after, 1m);
        Add(difference, before, -1m);
        return difference.Where(total => total.Value != 0m).ToDictionary();
    }

    private static void Add(
        Dictionary<(AccountKey, Total), decimal> sums, IReadOnlyList<AccountHold> booked, decimal sign)
    {
        foreach (var hold in booked)
        {
            foreach (var (total, amount) in hold.Amounts)
            {
                sums[(hold.Account, total)] = sums.GetValueOrDefault((hold.Account, total)) + (sign * amount);
            }
        }
    }
}
