namespace AiGateway.Domain.Decisions;

/// <summary>Why a request is refused: a closed set. Each has its own log reason, metric and test.</summary>
public enum RefusalKind
{
    /// <summary>What the gateway handed over can't be read, or lacks what a decision needs.</summary>
    BadRequest,

    /// <summary>The client is revoked (T26).</summary>
    ClientDenied,

    /// <summary>No price is known for the model.</summary>
    UnknownPrice,

    /// <summary>A bound that the hold needs is not known.</summary>
    NotBounded,

    /// <summary>The budget is spent, or what is left of it is too little: trying again does not help.</summary>
    BudgetExceeded,

    /// <summary>Only the holds of requests in flight stand in the way: trying again helps.</summary>
    HoldsInTheWay,

    /// <summary>So many requests or tokens a minute or an hour: trying again when the window is over helps.</summary>
    RateLimited,

    /// <summary>The request id is known and its request is over.</summary>
    RequestClosed,

    /// <summary>The store was busy until the deadline.</summary>
    StoreThrottled,

    /// <summary>The account was held by a transaction until the deadline.</summary>
    StoreConflict,

    /// <summary>The store did not answer in time.</summary>
    StoreTimedOut,

    /// <summary>The store can't be reached, and the policy says deny.</summary>
    StoreUnreachable,

    /// <summary>The store can't be reached, and this minute's allowance is used up.</summary>
    AllowanceSpent,

    /// <summary>A permission of ours is missing: a bug of the deployment.</summary>
    StoreDenied,

    /// <summary>An item or a table is not as this project writes it: a bug.</summary>
    StoreMalformed,

    /// <summary>Confirmed after the gateway had given up.</summary>
    TooLate,
}

/// <summary>A refusal, without any wire format.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Message">The sentence that the client's user reads.</param>
/// <param name="ResetsAt">When the limit's window ends, where a limit is the reason.</param>
public sealed record Refusal(RefusalKind Kind, string Message, DateTimeOffset? ResetsAt = null)
{
    /// <summary>When trying again helps; null: not known, or it does not.</summary>
    public long? RetryAfterSeconds { get; init; }

    /// <summary>Refusals of our own making tell the client this and no more; the log has the detail.</summary>
    public const string Unavailable = "The budget could not be checked, so the request was not sent. Try again in a moment.";
}
