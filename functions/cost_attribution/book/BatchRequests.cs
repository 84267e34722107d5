using AiGateway.Engine;

namespace CostAttribution.Book;

/// <summary>
/// The lines of a batch by request, in the order in which the requests first appear. Nearly every request has one line.
/// Used for batch after batch: a large table of the runtime outlives the batch that it was made for, with all that is in it.
/// </summary>
internal sealed class BatchRequests
{
    private const int SmallShare = 32;

    private readonly Dictionary<string, int> numbers = [];
    private readonly List<LineFate.Book> booked = [];
    private readonly Dictionary<string, List<LineFate.Book>> several = [];
    private readonly List<SettlementRequest> requests = [];

    // Of the request whose line is probably asked for next.
    private int next;

    public void Add(LineFate.Book line)
    {
        var id = line.Line.RequestId;
        if (numbers.TryAdd(id, booked.Count))
        {
            booked.Add(line);
            return;
        }

        if (!several.TryGetValue(id, out var lines))
        {
            several.Add(id, lines = [booked[numbers[id]]]);
        }

        lines.Add(line);
    }

    /// <summary>Of each request the line that says most, and of equals the first.</summary>
    public IReadOnlyList<SettlementRequest> ToSettle()
    {
        foreach (var (id, lines) in several)
        {
            several[id] = [.. lines.OrderByDescending(line => line.Line.Weight)];
            booked[numbers[id]] = several[id][0];
        }

        requests.EnsureCapacity(booked.Count);
        foreach (var line in booked)
        {
            requests.Add(new SettlementRequest(line.Line.RequestId, line.On));
        }

        return requests;
    }

    /// <summary>A request's line that is to be settled. Fastest in the order of the requests.</summary>
    public LineFate.Book this[string requestId]
    {
        get
        {
            if (next >= booked.Count || booked[next].Line.RequestId != requestId)
            {
                next = numbers[requestId];
            }

            return booked[next++];
        }
    }

    /// <summary>All lines of a request, the one that is to be settled first.</summary>
    public IReadOnlyList<LineFate.Book> LinesOf(string requestId) =>
        several.TryGetValue(requestId, out var lines) ? lines : [booked[numbers[requestId]]];

    /// <summary>How many lines a request has.</summary>
    public int CountOf(string requestId) =>
        several.Count > 0 && several.TryGetValue(requestId, out var lines) ? lines.Count : 1;

    public void Clear()
    {
        ClearNumbers();
        booked.Clear();
        several.Clear();
        requests.Clear();
        next = 0;
    }

    // To clear a table takes as long as it is large, however little is in it: after one large batch every small one would pay for it.
    private void ClearNumbers()
    {
        if (booked.Count > numbers.Capacity / SmallShare)
        {
            numbers.Clear();
            return;
        }

        foreach (var line in booked)
        {
            numbers.Remove(line.Line.RequestId);
        }
    }
}
