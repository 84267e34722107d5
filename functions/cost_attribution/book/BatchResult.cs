using AiGateway.Domain;
using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;

namespace CostAttribution.Book;

/// <summary>A line that can't be booked, with its reason.</summary>
/// <param name="Event">As delivered.</param>
/// <param name="Key">The ledger's key as far as the line tells it.</param>
/// <param name="Problem">Why.</param>
/// <param name="ByStore">The line is in order, but the store does not take it: that may pass, or be mended.</param>
internal sealed record RefusedLine(LogEvent Event, string? Key, Problem Problem, bool ByStore = false);

/// <summary>An entry of the batch as it stands in the ledger, booked now or before.</summary>
internal sealed record SettledRequest(LedgerEntry Entry, Caller Caller, bool IsNew);

/// <summary>What became of a batch: <c>lines = booked + duplicate + ignored + refused</c>.</summary>
/// <param name="Lines">How many there were.</param>
/// <param name="Access">How many of them are access lines.</param>
/// <param name="Booked">Lines whose request was booked now.</param>
/// <param name="Duplicate">Lines whose request had been booked before, or stands twice in the batch.</param>
/// <param name="Ignored">Lines with nothing to book, by reason.</param>
/// <param name="Refused">Lines that can't be booked.</param>
/// <param name="Settled">The requests, for alerts and metrics.</param>
/// <param name="LeftOpen">Accounts whose posting is left to the next batch or the sweep.</param>
internal sealed record BatchResult(
    int Lines,
    int Access,
    int Booked,
    int Duplicate,
    IReadOnlyDictionary<string, int> Ignored,
    IReadOnlyList<RefusedLine> Refused,
    IReadOnlyList<SettledRequest> Settled,
    IReadOnlyList<AccountKey> LeftOpen)
{
    public BatchReply ToReply() => new(
        Lines,
        Access,
        Booked,
        Duplicate,
        Ignored.Values.Sum(),
        Refused.Count,
        Ignored,
        Refused.GroupBy(line => line.Problem.Code).ToDictionary(reason => reason.Key, reason => reason.Count()));
}
