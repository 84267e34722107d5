using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>How the sweep expires holds.</summary>
/// <param name="TimeToLive">How long after its bucket's end a hold waits for its line: longer than the gateway's
/// request timeout.</param>
/// <param name="Confirmation">The time between the two looks at the open index that must both show nothing.</param>
/// <param name="LookbackBuckets">Expired buckets that are looked through even where no account holds anything in
/// them.</param>
/// <param name="LooksMax">After so many looks the release is left to the next sweep.</param>
public sealed record SweepOptions(TimeSpan TimeToLive, TimeSpan Confirmation, int LookbackBuckets, int LooksMax)
{
    public static readonly SweepOptions Default = new(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1), 24, 6);

    /// <summary>The newest bucket whose holds have expired.</summary>
    public long NewestExpired(DateTimeOffset now) => HoldBucket.Containing(now - TimeToLive) - 1;

    /// <summary>How many buckets before its own a request may have begun that is expired by now.</summary>
    internal int BucketsOfLife => (int)(TimeToLive.Ticks / TimeSpan.FromSeconds(HoldBucket.Seconds).Ticks) + 2;

    /// <summary>The sweep stops where the index lags by more: it relies on less than one time-to-live.</summary>
    internal TimeSpan IndexLagMax => TimeToLive / 2;
}
