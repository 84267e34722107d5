using AiGateway.Domain;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace CostAttribution.Book;

/// <summary>Counts what became of every line of a batch.</summary>
internal sealed class BatchTally
{
    private readonly Dictionary<string, int> ignored = [];
    private readonly List<RefusedLine> refused = [];
    private readonly List<SettledRequest> settled;
    private readonly IReadOnlyList<LineFate> fates;
    private readonly SettlementReport report;
    private readonly IReadOnlySet<string> unbookable;
    private int booked;
    private int duplicate;

    /// <param name="fates">Every line.</param>
    /// <param name="requests">The lines of each request, the one that was booked first.</param>
    /// <param name="report">What the ledger said.</param>
    /// <param name="unbookable">Requests of whose cost nothing is known.</param>
    public BatchTally(
        IReadOnlyList<LineFate> fates,
        BatchRequests requests,
        SettlementReport report,
        IReadOnlySet<string> unbookable)
    {
        this.unbookable = unbookable;
        this.fates = fates;
        this.report = report;
        settled = new List<SettledRequest>(report.Outcomes.Count);
        foreach (var line in fates)
        {
            Add(line);
        }

        foreach (var outcome in report.Outcomes)
        {
            Add(outcome, requests.LinesOf(outcome.RequestId));
        }
    }

    /// <exception cref="InvalidOperationException">The counts do not add up: the batch is delivered again,
    /// loudly.</exception>
    public BatchResult ToResult()
    {
        var counted = booked + duplicate + ignored.Values.Sum() + refused.Count;
        if (counted != fates.Count)
        {
            throw new InvalidOperationException($"Of {fates.Count} lines only {counted} are accounted for.");
        }

        return new BatchResult(
            fates.Count,
            fates.Count(line => line.IsAccess),
            booked,
            duplicate,
            ignored,
            refused,
            settled,
            report.PostingsLeftOpen);
    }

    private void Add(LineFate line)
    {
        switch (line)
        {
            case LineFate.Ignore(_, _, var reason):
                Ignore(reason);
                break;
            case LineFate.Refuse(var logged, var key, var problem):
                refused.Add(new RefusedLine(logged, key, problem));
                break;
        }
    }

    private void Add(SettlementOutcome outcome, IReadOnlyList<LineFate.Book> lines)
    {
        switch (outcome)
        {
            case SettlementOutcome.Booked(_, var entry):
                AddBooked(entry);
                duplicate += lines.Count - 1;
                settled.Add(new SettledRequest(entry, lines[0].Caller, true));
                break;
            case SettlementOutcome.Duplicate(_, { State: EntryState.Void } entry):
                // The decision voided it as it refused: its line has nothing to book, the first time as every other.
                Ignore(entry.Result?.Reason ?? "refused");
                duplicate += lines.Count - 1;
                settled.Add(new SettledRequest(entry, lines[0].Caller, false));
                break;
            case SettlementOutcome.Duplicate(_, var entry):
                duplicate += lines.Count;
                settled.Add(new SettledRequest(entry, lines[0].Caller, false));
                break;
            case SettlementOutcome.Rejected(var requestId, var reason):
                var isByLine = unbookable.Contains(requestId);
                var problem = new Problem(isByLine ? "not_bookable" : "store_refused", reason);
                refused.AddRange(lines.Select(line => new RefusedLine(line.Event, requestId, problem, !isByLine)));
                break;
        }
    }

    // What was not sent is known to the ledger now, but there was nothing to book.
    private void AddBooked(LedgerEntry entry)
    {
        if (entry.State == EntryState.NotSent)
        {
            Ignore(entry.Result?.Reason ?? "not_sent");
        }
        else
        {
            booked++;
        }
    }

    private void Ignore(string reason) => ignored[reason] = ignored.GetValueOrDefault(reason) + 1;
}
