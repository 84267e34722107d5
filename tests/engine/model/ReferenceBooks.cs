using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Model;

/// <summary>
/// The engine as it would be with one thread, one list and no database. One account a period, in dollars.
/// </summary>
internal sealed class ReferenceBooks
{
    private readonly Dictionary<string, Request> requests = [];
    private readonly List<Hold> holds = [];

    /// <summary>What a reservation must answer.</summary>
    public string Reserve(string id, string period, long bucket, decimal usd, decimal limit)
    {
        if (usd > limit)
        {
            return "over";
        }

        var isNew = !requests.TryGetValue(id, out var request);
        if (Committed(period) + usd > limit)
        {
            if (isNew)
            {
                requests[id] = new Request { State = EntryState.Void };
            }

            return "over";
        }

        if (!isNew && (request!.State != EntryState.Held || request.Attempts.Count == ReservationRun.AttemptsMax))
        {
            return "closed";
        }

        request ??= requests[id] = new Request { State = EntryState.Held };
        var hold = new Hold(period, bucket, usd);
        request.Attempts.Add(hold);
        holds.Add(hold);
        return $"admitted {request.Attempts.Count}";
    }

    public void Book(string id, EntryState state, int perMille)
    {
        if (!requests.TryGetValue(id, out var request))
        {
            request = requests[id] = new Request { State = EntryState.Held };
        }

        if (request.State != EntryState.Held && Rank(state) <= Rank(request.State)
            && (request.State, state) is not (EntryState.Expired, EntryState.NotSent))
        {
            return;
        }

        // After an expiry the bucket is the sweep's, whatever is told later.
        if (state != EntryState.NotSent && request.State is (EntryState.Held or EntryState.NotSent))
        {
            holds.RemoveAll(request.Attempts.Contains);
        }

        request.State = state;
        request.Booked = state == EntryState.NotSent || request.Attempts.Count == 0
            ? null
            : request.Attempts[^1] with { Usd = request.Attempts[^1].Usd * perMille / 1000m };
    }

    /// <summary>Expired requests are charged their last attempt; then everything in expired buckets is gone.</summary>
    public void Sweep(long newestExpired)
    {
        foreach (var request in requests.Values.Where(
            request => request is { State: EntryState.Held, Attempts.Count: > 0 }
                && request.Attempts[0].Bucket <= newestExpired))
        {
            request.State = EntryState.Expired;
            request.Booked = request.Attempts[^1];
        }

        holds.RemoveAll(hold => hold.Bucket <= newestExpired);
    }

    public decimal Committed(string period) =>
        Settled(period) + Estimated(period) + holds.Where(hold => hold.Period == period).Sum(hold => hold.Usd);

    public decimal Settled(string period) => Booked(period, state => state == EntryState.Measured);

    public decimal Estimated(string period) => Booked(period, state => state != EntryState.Measured);

    private decimal Booked(string period, Func<EntryState, bool> isWanted) => requests.Values
        .Where(request => request.Booked?.Period == period && isWanted(request.State))
        .Sum(request => request.Booked!.Usd);

    private static int Rank(EntryState state) => state == EntryState.Void ? (int)EntryState.NotSent : (int)state;

    private sealed class Request
    {
        public EntryState State { get; set; }

        public List<Hold> Attempts { get; } = [];

        public Hold? Booked { get; set; }
    }

    // Two equal holds are two holds.
    private sealed record Hold(string Period, long Bucket, decimal Usd)
    {
        public bool Equals(Hold? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
