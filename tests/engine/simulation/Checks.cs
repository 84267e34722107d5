using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// What holds after every single write, against what truly happened. Only what a write touched is looked at again, which
/// keeps schedules cheap.
/// </summary>
internal sealed class Checks
{
    private readonly World world;
    private readonly Budgets budgets;
    private readonly IReadOnlyDictionary<string, ClientRequest> requests;
    private readonly Dictionary<(AccountKey Account, Total Total), Spent> spent = [];
    private readonly Dictionary<string, IReadOnlyList<Share>> shares = [];
    private readonly HashSet<ClientRequest> changed = [];

    public Checks(World world, Budgets budgets, IReadOnlyDictionary<string, ClientRequest> requests)
    {
        (this.world, this.budgets, this.requests) = (world, budgets, requests);
        world.Tables.Ledger.Changed += entry =>
        {
            if (requests.TryGetValue(entry.RequestId, out var request))
            {
                changed.Add(request);
            }
        };
    }

    /// <summary>An attempt was let through, under limits as they were known then.</summary>
    public void Passed(ClientRequest request, ReservePlan plan, bool isInOutage)
    {
        changed.Add(request);
        foreach (var limit in plan.Limits.Where(_ => !isInOutage))
        {
            var total = At((limit.Account, limit.Total));
            total.Limit = Math.Max(total.Limit ?? 0m, limit.Amount);
        }

        foreach (var (key, amount) in HoldsOf(plan.Attempt).Where(_ => isInOutage))
        {
            At(key).WithoutHold += amount;
        }
    }

    /// <summary>
    /// An attempt was refused after the allowance had let an earlier one through: where its entry could not be voided,
    /// the line's provider makes it look as if its holds had been taken.
    /// </summary>
    public void RefusedAfterAllowance(Attempt attempt)
    {
        foreach (var (key, amount) in HoldsOf(attempt))
        {
            At(key).Doubtful += amount;
        }
    }

    public string? AfterWrite(StoreCall call)
    {
        var looked = call.Items.SelectMany(world.Tables.Accounts.TotalsOf).ToHashSet();
        foreach (var request in changed)
        {
            Count(request, looked);
        }

        changed.Clear();
        return call.Items.Select(world.Tables.Accounts.WrongParts).FirstOrDefault(trouble => trouble is not null)
            ?? (budgets.OnExpiry == ExpiryPolicy.Charge
                ? looked.Select(TooLittleHeldOrTooMuchSpent).FirstOrDefault(trouble => trouble is not null)
                : null);
    }

    // Exceptions by name: what the outage allowance let through may stand above the limit, and is not held.
    private string? TooLittleHeldOrTooMuchSpent((AccountKey Account, Total Total) key)
    {
        if (!spent.TryGetValue(key, out var total) || budgets.IsOver(key.Account, key.Total))
        {
            return null;
        }

        var committed = world.Tables.Accounts.Committed(key.Account, key.Total);
        if (committed + total.Doubtful < total.Needed)
        {
            return $"{key.Account} {key.Total}: committed {committed}, but {total.Needed} is spent or may be.";
        }

        return total.Limit is { } limit && total.All > limit + total.WithoutHold + total.Doubtful
            ? $"{key.Account} {key.Total}: {total.All} is over its limit of {limit}."
            : null;
    }

    private void Count(ClientRequest request, HashSet<(AccountKey, Total)> looked)
    {
        foreach (var before in shares.GetValueOrDefault(request.Id, []))
        {
            At(before.Key).Add(before, -1m);
        }

        var now = SharesOf(request);
        shares[request.Id] = now;
        foreach (var share in now)
        {
            At(share.Key).Add(share, 1m);
            looked.Add(share.Key);
        }
    }

    // Settled, estimated and live. A charge for a request that was never let through is in the books only: a named
    // exception. What has no hold is booked, never promised.
    private IReadOnlyList<Share> SharesOf(ClientRequest request)
    {
        var entry = world.Tables.Ledger.Find(request.Id);
        var isClosed = entry?.State is
            EntryState.NotSent or EntryState.Expired or EntryState.Estimated or EntryState.Measured;
        if (!isClosed)
        {
            return [.. request.Passed.SelectMany(attempt => attempt.Holds).SelectMany(
                hold => hold.Amounts, (hold, amount) => new Share((hold.Account, amount.Total), amount.Amount, amount.Amount))];
        }

        var held = entry!.Attempts.SelectMany(attempt => attempt.Holds).SelectMany(
            hold => hold.Amounts.Where(amount => amount.Amount != 0m), (hold, amount) => (hold.Account, amount.Total)).ToHashSet();
        return !request.IsSpent
            ? []
            : [.. entry.Settled.Concat(entry.Estimated).SelectMany(
                hold => hold.Amounts,
                (hold, amount) => new Share(
                    (hold.Account, amount.Total),
                    held.Contains((hold.Account, amount.Total)) ? amount.Amount : 0m,
                    amount.Amount))];
    }

    private static IEnumerable<((AccountKey, Total) Key, decimal Amount)> HoldsOf(Attempt attempt) =>
        attempt.Holds.SelectMany(hold => hold.Amounts, (hold, amount) => ((hold.Account, amount.Total), amount.Amount));

    private Spent At((AccountKey, Total) key) => spent.TryGetValue(key, out var total) ? total : spent[key] = new Spent();

    // What one request has spent or may spend of a total, and how much of that must be committed.
    private sealed record Share((AccountKey Account, Total Total) Key, decimal Needed, decimal All);

    private sealed class Spent
    {
        public decimal Needed { get; private set; }

        public decimal All { get; private set; }

        /// <summary>The highest limit under which something was let through; null: there was none.</summary>
        public decimal? Limit { get; set; }

        public decimal WithoutHold { get; set; }

        public decimal Doubtful { get; set; }

        public void Add(Share share, decimal sign)
        {
            Needed += sign * share.Needed;
            All += sign * share.All;
        }
    }
}
