using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;

namespace BudgetEnforcement.Decide;

/// <summary>The decision, with what the log says about it.</summary>
/// <param name="Refusal">Null: admitted.</param>
/// <param name="Reason">A stable snake_case name: a metric's dimension.</param>
internal sealed record Verdict(Refusal? Refusal, string Reason)
{
    public Caller? Caller { get; init; }

    /// <summary>What was to be reserved; null where it did not come to that.</summary>
    public PolicyDecision.Reserve? Plan { get; init; }

    public string? Tier { get; init; }

    /// <summary>Let through without confirmed writes.</summary>
    public bool IsDegraded { get; init; }

    /// <summary>To the store, one after the other.</summary>
    public int RoundTrips { get; init; }

    /// <summary>Holds of a refused request that were not confirmed as given back: expiry clears them. At most that
    /// many.</summary>
    public int HoldsLeft { get; init; }

    /// <summary>How many passed attempts the entry has, this one included.</summary>
    public int Attempts { get; init; }

    /// <summary>For the operator: never sent to the client.</summary>
    public string? Detail { get; init; }

    /// <summary>Soft and shadow limits that this request stands above.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public bool IsAdmitted => Refusal is null;

    public static Verdict Refuse(Refusal refusal) => new(refusal, NameOf(refusal.Kind));

    public static string NameOf(RefusalKind kind) => kind switch
    {
        RefusalKind.BadRequest => "bad_request",
        RefusalKind.ClientDenied => "client_denied",
        RefusalKind.UnknownPrice => "price_unknown",
        RefusalKind.NotBounded => "request_not_bounded",
        RefusalKind.BudgetExceeded => "budget_exceeded",
        RefusalKind.HoldsInTheWay => "holds_in_the_way",
        RefusalKind.RateLimited => "rate_limited",
        RefusalKind.RequestClosed => "request_closed",
        RefusalKind.StoreThrottled => "store_throttled",
        RefusalKind.StoreConflict => "store_conflict",
        RefusalKind.StoreTimedOut => "store_timed_out",
        RefusalKind.StoreUnreachable => "store_unreachable",
        RefusalKind.AllowanceSpent => "outage_allowance_spent",
        RefusalKind.StoreDenied => "store_denied",
        RefusalKind.StoreMalformed => "store_malformed",
        RefusalKind.TooLate => "too_late",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of refusal."),
    };
}
