using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>A limit as known at admission, on one running total.</summary>
/// <param name="Account">The item it is on.</param>
/// <param name="Total">Which total.</param>
/// <param name="Amount">The limit, in the total's dimension.</param>
/// <param name="Mode">Hard limits are conditions of the write; soft and shadow ones are compared afterwards.</param>
/// <param name="ResetsAt">When its window ends.</param>
public sealed record AccountLimit(
    AccountKey Account, Total Total, decimal Amount, BudgetMode Mode, DateTimeOffset ResetsAt);

/// <summary>
/// Everything that is needed to reserve for one attempt. Made by the pure policy; carried out by <c>Reservation</c>.
/// </summary>
/// <param name="RequestId">The gateway's id of the request.</param>
/// <param name="Team">The team it is attributed to.</param>
/// <param name="Attempt">The attempt with its holds.</param>
/// <param name="Limits">Every limit that applies.</param>
public sealed record ReservePlan(string RequestId, string Team, Attempt Attempt, IReadOnlyList<AccountLimit> Limits)
{
    /// <summary>
    /// Totals of windows that are over, as an earlier answer showed them: removed in passing, so that the item stays
    /// small.
    /// </summary>
    public IReadOnlyDictionary<AccountKey, IReadOnlyList<StaleTotal>> Stale { get; init; } = NothingStale;

    /// <summary>Over how many items the accounts of a hot scope are spread; a scope that is not named has one.</summary>
    public IReadOnlyDictionary<Scope, int> Shards
    {
        get;
        init => (field, HasShards) = (value, value.Values.Any(shards => shards > 1));
    }
    = OneItemEach;

    /// <summary>No account has anything to remove.</summary>
    public static IReadOnlyDictionary<AccountKey, IReadOnlyList<StaleTotal>> NothingStale { get; } =
        new Dictionary<AccountKey, IReadOnlyList<StaleTotal>>();

    /// <summary>No scope is spread.</summary>
    public static IReadOnlyDictionary<Scope, int> OneItemEach { get; } = new Dictionary<Scope, int>();

    /// <summary>Few scopes are hot.</summary>
    public bool HasShards { get; private init; }

    public bool IsSharded(AccountKey account) => HasShards && Shards.GetValueOrDefault(account.Scope, 1) > 1;
}

/// <summary>What became of a reservation. Only <see cref="Admitted"/> may be answered with pass.</summary>
public abstract record ReserveOutcome
{
    private ReserveOutcome()
    {
    }

    /// <summary>
    /// Holds that this attempt took, or perhaps took, and that were not confirmed as given back: settlement or expiry
    /// clears them. At most that many; always 0 of an admission, whose holds are meant to stand.
    /// </summary>
    public int HoldsLeft { get; init; }

    /// <summary>Every write was confirmed before the deadline.</summary>
    /// <param name="Attempts">How many attempts the entry has now.</param>
    /// <param name="Accounts">The totals after the hold, for warnings and logs.</param>
    public sealed record Admitted(int Attempts, IReadOnlyList<AccountTotals> Accounts) : ReserveOutcome
    {
        /// <summary>The same by the accounts that limits name: shards are summed, as they were last seen.</summary>
        public IReadOnlyList<AccountTotals> Sums { get; init; } = Accounts;
    }

    /// <summary>A limit does not allow it; what this attempt had taken was given back.</summary>
    /// <param name="Limit">The most restrictive limit that refused.</param>
    /// <param name="Needed">The hold that was asked for.</param>
    /// <param name="Current">The account as it stood, its shards summed; null where the hold alone is above the limit and nothing was
    /// asked.</param>
    public sealed record OverLimit(AccountLimit Limit, decimal Needed, AccountTotals? Current) : ReserveOutcome
    {
        /// <summary>The items that refused; none where nothing was asked.</summary>
        public IReadOnlyList<AccountTotals> Items { get; init; } = [];
    }

    /// <summary>
    /// The id is known and its entry is not <c>held</c> any more (settled, void, expired): refuse with 503.
    /// </summary>
    public sealed record NotHeld(EntryState State) : ReserveOutcome;

    /// <summary>
    /// The store gave no usable answer in time; the policy decides (design.md, "When DynamoDB is not there").
    /// </summary>
    public sealed record StoreFailed(StoreFault Fault, string Where, string Detail) : ReserveOutcome
    {
        /// <summary>
        /// Nothing of the database could be reached, so that certainly nothing of this attempt is written. Where it is
        /// false a hold or the entry may stand: a request let through then could settle on holds that were given back.
        /// </summary>
        public bool IsOutage { get; init; }
    }

    /// <summary>Confirmed too late: the gateway has given up. Given back where that is safe.</summary>
    public sealed record TooLate : ReserveOutcome;
}
