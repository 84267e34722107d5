using AiGateway.Domain;
using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Settlement;

namespace CostAttribution.Book;

/// <summary>What is to be done about one line, before the ledger is asked.</summary>
/// <param name="Event">The line as delivered.</param>
/// <param name="IsAccess">Whether it is an access line at all.</param>
internal abstract record LineFate(LogEvent Event, bool IsAccess)
{
    /// <summary>A request to be booked.</summary>
    internal sealed record Book(LogEvent Event, LineBooking Line, Caller Caller) : LineFate(Event, true)
    {
        /// <summary>
        /// Nothing tells what it cost. Told apart from what the store refuses: another delivery can't help a line, but it may
        /// help the store.
        /// </summary>
        public bool IsUnbookable { get; private set; }

        /// <exception cref="UnbookableLineException">There is no hold, and nothing else bounds the cost.</exception>
        public Booking On(LedgerEntry? entry)
        {
            try
            {
                return Line.On(entry);
            }
            catch (UnbookableLineException)
            {
                IsUnbookable = true;
                throw;
            }
        }
    }

    /// <summary>Nothing to book, for a reason that is counted.</summary>
    internal sealed record Ignore(LogEvent Event, bool IsAccess, string Reason) : LineFate(Event, IsAccess);

    /// <summary>Can't be booked: handed to the failure destination with its reason.</summary>
    internal sealed record Refuse(LogEvent Event, string? Key, Problem Problem) : LineFate(Event, true);
}
