namespace CostAttribution.Book;

/// <summary>
/// The lines of a batch by request, in the order in which the requests first appear. Nearly every request has one line.
/// </summary>
internal sealed class BatchRequests
{
    private readonly Dictionary<string, LineFate.Book> booked;
    private readonly Dictionary<string, List<LineFate.Book>> several = [];

    public BatchRequests(IReadOnlyList<LineFate> fates)
    {
        booked = new Dictionary<string, LineFate.Book>(fates.Count);
        foreach (var fate in fates)
        {
            if (fate is LineFate.Book line && !booked.TryAdd(line.Booking.RequestId, line))
            {
                Add(line, booked[line.Booking.RequestId]);
            }
        }

        foreach (var (id, lines) in several)
        {
            several[id] = [.. lines.OrderByDescending(line => line.Booking.Weight)];
            booked[id] = several[id][0];
        }
    }

    /// <summary>Of each request the line that is booked: the one that says most, and of equals the first.</summary>
    public IReadOnlyCollection<LineFate.Book> Booked => booked.Values;

    /// <summary>All lines of a request, the one that is booked first.</summary>
    public IReadOnlyList<LineFate.Book> LinesOf(string requestId) =>
        several.TryGetValue(requestId, out var lines) ? lines : [booked[requestId]];

    private void Add(LineFate.Book line, LineFate.Book first)
    {
        if (!several.TryGetValue(line.Booking.RequestId, out var lines))
        {
            several.Add(line.Booking.RequestId, lines = [first]);
        }

        lines.Add(line);
    }
}
