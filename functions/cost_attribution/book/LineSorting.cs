using System.Diagnostics;
using AiGateway.Domain;
using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Settlement;

namespace CostAttribution.Book;

/// <summary>Decides line by line. Pure.</summary>
internal static class LineSorting
{
    /// <summary>An access line, given whose request it was.</summary>
    public static LineFate Sort(LogEvent logged, AccessLine line, Caller caller, BookingTerms terms) =>
        LineBooking.Read(line, caller, terms) switch
        {
            Outcome<LineBooking>.Ok(var booking) => IsWithoutHold(line, booking.Meaning)
                ? new LineFate.Ignore(logged, true, booking.Meaning.Reason)
                : new LineFate.Book(logged, booking, caller),
            Outcome<LineBooking>.Failed(var problem) => new LineFate.Refuse(logged, line.Key, problem),
            _ => throw new UnreachableException(),
        };

    // Where nothing was sent, the ledger is told only so that a reserve that lands late can't hold. Without a request
    // id, and
    // for tools and agents, budget_enforcement was never asked: there is nothing that could land.
    private static bool IsWithoutHold(AccessLine line, LineMeaning meaning) =>
        meaning is LineMeaning.NotSent && (line.RequestId is null || line.Call.Protocol is "mcp" or "a2a");
}
