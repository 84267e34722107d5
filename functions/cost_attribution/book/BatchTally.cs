using AiGateway.Domain;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace CostAttribution.Book;

/// <summary>Counts what became of every line of a batch: first line by line, then what the ledger said.</summary>
internal sealed class BatchTally(int lines)
{
    private readonly Dictionary<string, int> ignored = [];
    private readonly List<RefusedLine> refused = [];
    private List<SettledRequest> settled = [];
    private int access;
    private int booked;
    private int duplicate;

    /// <summary>A line: of what is to be booked the ledger says what becomes of it.</summary>
    public void Add(LineFate line)
    {
        access += line.IsAccess ? 1 : 0;
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

    /// <summary>The whole batch, once the ledger has spoken.</summary>
    /// <exception cref="InvalidOperationException">The counts do not add up: the batch is delivered again,
    /// loudly.</exception>
    public BatchResult ToResult(SettlementReport report, BatchRequests requests)
    {
        settled = new List<SettledRequest>(report.Outcomes.Count);
        foreach (var outcome in report.Outcomes)
        {
            Add(outcome, requests);
        }

        var counted = booked + duplicate + ignored.Values.Sum() + refused.Count;
        return counted == lines
            ? new BatchResult(lines, access, booked, duplicate, ignored, refused, settled, report.PostingsLeftOpen)
            : throw new InvalidOperationException($"Of {lines} lines only {counted} are accounted for.");
    }

    private void Add(SettlementOutcome outcome, BatchRequests requests)
    {
        var id = outcome.RequestId;
        switch (outcome)
        {
            case SettlementOutcome.Booked(_, var entry):
                AddBooked(entry);
                duplicate += requests.CountOf(id) - 1;
                settled.Add(new SettledRequest(entry, requests[id].Caller, true));
                break;
            case SettlementOutcome.Duplicate(_, { State: EntryState.Void } entry):
                // The decision voided it as it refused: its line has nothing to book, the first time as every other.
                Ignore(entry.Result?.Reason ?? "refused");
                duplicate += requests.CountOf(id) - 1;
                settled.Add(new SettledRequest(entry, requests[id].Caller, false));
                break;
            case SettlementOutcome.Duplicate(_, var entry):
                duplicate += requests.CountOf(id);
                settled.Add(new SettledRequest(entry, requests[id].Caller, false));
                break;
            case SettlementOutcome.Rejected(_, var reason):
                var isByLine = requests[id].IsUnbookable;
                var problem = new Problem(isByLine ? "not_bookable" : "store_refused", reason);
                refused.AddRange(requests.LinesOf(id).Select(line => new RefusedLine(line.Event, id, problem, !isByLine)));
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
