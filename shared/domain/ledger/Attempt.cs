using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Ledger;

/// <summary>
/// One admission of a request: a gateway retry asks again with the same request id, perhaps for another provider (T88).
/// </summary>
/// <param name="Id">Random, made by the invocation that took the holds: it tells its own writes from another's.</param>
/// <param name="Bucket">The five minutes that the holds stand in: seconds since 1970, divided by 300.</param>
/// <param name="AdmittedAt">When the decision was made.</param>
/// <param name="Call">What was asked for, as far as it decides the price.</param>
/// <param name="Hold">What is reserved for it, in dollars.</param>
/// <param name="Bounds">Why it is that much.</param>
/// <param name="OnRetry">What this attempt costs when a later one answers.</param>
/// <param name="OnExpiry">What its hold becomes when no line ever tells.</param>
/// <param name="Holds">What it holds on which account item. Every scope's month is listed, limited or not (amount zero
/// where nothing is held).</param>
public sealed record Attempt(
    string Id,
    long Bucket,
    DateTimeOffset AdmittedAt,
    AttemptCall Call,
    Usd Hold,
    HoldBounds Bounds,
    RetryPolicy OnRetry,
    ExpiryPolicy OnExpiry,
    IReadOnlyList<AccountHold> Holds);

/// <summary>
/// What an attempt asked for. Provider and model are text of the caller's choice: bounded, never part of a raw key.
/// </summary>
public sealed record AttemptCall(string? Provider, string? Model, string? Path, string? ServiceTier, bool Streaming);

/// <summary>What bounds a hold; settlement estimates with the same bounds.</summary>
/// <param name="Mode">Worst case or expected.</param>
/// <param name="InputTokens">The input that was reserved for.</param>
/// <param name="OutputTokens">The output of one choice that was reserved for.</param>
/// <param name="Choices">Answers asked for.</param>
public sealed record HoldBounds(HoldMode Mode, long InputTokens, long OutputTokens, long Choices);

/// <summary>What an attempt holds on one account item.</summary>
public sealed record AccountHold(AccountKey Account, IReadOnlyList<TotalAmount> Amounts);

/// <summary>The five-minute buckets that holds stand in.</summary>
public static class HoldBucket
{
    public const int Seconds = 300;

    public static long Containing(DateTimeOffset now) => now.ToUnixTimeSeconds() / Seconds;

    public static DateTimeOffset End(long bucket) => DateTimeOffset.FromUnixTimeSeconds((bucket + 1) * Seconds);
}
