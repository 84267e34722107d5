using System.Diagnostics;
using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Settlement;
using AiGateway.Engine;
using CostAttribution.Identity;

namespace CostAttribution.Book;

/// <summary>Books a batch of lines: reads them, resolves whose they are, merges them by request, settles.</summary>
internal sealed class Attribution(
    ReadConfiguration readConfiguration, LineIdentity identity, Settle settle, PolicyRules rules, TimeProvider clock)
{
    /// <exception cref="StoreFailedException">The store gave no answer: deliver the batch again.</exception>
    public async Task<(BatchResult Result, BookingConfiguration Configuration)> BookAsync(
        IReadOnlyList<LogEvent> events, CancellationToken stop)
    {
        var configuration = await ConfigurationAsync(stop);
        var fates = await SortAsync(events, configuration, stop);
        var requests = fates.OfType<LineFate.Book>()
            .GroupBy(line => line.Booking.RequestId)
            .ToDictionary(lines => lines.Key, lines => lines.OrderByDescending(line => line.Booking.Weight).ToList());

        var unbookable = new HashSet<string>();
        var report = await settle(
            [.. requests.Values.Select(lines => RequestOf(lines[0].Booking, unbookable))],
            stop);
        return (new BatchTally(fates, requests, report, unbookable).ToResult(), configuration);
    }

    // Told apart from what the store refuses: another delivery can't help a line, but it may help the store.
    private static SettlementRequest RequestOf(LineBooking booking, HashSet<string> unbookable) => new(
        booking.RequestId,
        entry =>
        {
            try
            {
                return booking.On(entry);
            }
            catch (UnbookableLineException)
            {
                unbookable.Add(booking.RequestId);
                throw;
            }
        });

    private async Task<BookingConfiguration> ConfigurationAsync(CancellationToken stop) =>
        await readConfiguration(stop) switch
    {
        StoreResult<BookingConfiguration>.Done(var configuration) => configuration,
        StoreResult<BookingConfiguration>.Failed(var fault, var detail) =>
            throw new StoreFailedException(fault, "configuration", detail),
        _ => throw new UnreachableException("Reading the configuration has no condition."),
    };

    private async Task<List<LineFate>> SortAsync(
        IReadOnlyList<LogEvent> events, BookingConfiguration configuration, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var fates = new List<LineFate>(events.Count);
        var callers = identity.ForBatch(configuration.Directory);
        foreach (var logged in events)
        {
            fates.Add(AccessLineReader.Read(logged) switch
            {
                LineReading.Access(var line) => Sort(
                    logged, line, await callers.ResolveAsync(line, stop), configuration, now),
                LineReading.Ignored(var reason) => new LineFate.Ignore(logged, false, reason),
                LineReading.Bad(var key, var problem) => new LineFate.Refuse(logged, key, problem),
                _ => throw new UnreachableException(),
            });
        }

        return fates;
    }

    private LineFate Sort(
        LogEvent logged, AccessLine line, Caller caller, BookingConfiguration configuration, DateTimeOffset now) =>
        LineSorting.Sort(
            logged,
            line,
            caller,
            configuration.Prices,
            now,
            () => BudgetPolicy.EffectiveBudgets(caller, configuration.BudgetsOf(caller, line.StartedAt), rules));
}
