using System.Diagnostics;
using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Settlement;
using AiGateway.Engine;
using CostAttribution.Identity;

namespace CostAttribution.Book;

/// <summary>Books a batch of lines: reads them, resolves whose they are, merges them by request, settles.</summary>
internal sealed class Attribution(
    ReadConfiguration readConfiguration, LineIdentity identity, Settle settle, PolicyRules rules, TimeProvider clock)
{
    // Of the batch before; null while one is being booked.
    private BatchMemory? spare;

    /// <exception cref="StoreFailedException">The store gave no answer: deliver the batch again.</exception>
    public async Task<(BatchResult Result, BookingConfiguration Configuration)> BookAsync(
        IReadOnlyList<LogEvent> events, CancellationToken stop)
    {
        var configuration = await ConfigurationAsync(stop);
        var memory = Interlocked.Exchange(ref spare, null) is { } known && known.IsOf(configuration)
            ? known
            : new BatchMemory(configuration);
        var tally = new BatchTally(events.Count);
        await SortAsync(events, memory, TermsOf(configuration, memory), tally, stop);
        var result = tally.ToResult(await settle(memory.Requests.ToSettle(), stop), memory.Requests);

        memory.Requests.Clear();
        spare = memory;
        return (result, configuration);
    }

    private BookingTerms TermsOf(BookingConfiguration configuration, BatchMemory memory) => new(
        memory.Prices,
        clock.GetUtcNow(),
        (caller, at) => BudgetPolicy.EffectiveBudgets(caller, configuration.BudgetsOf(caller, at), rules));

    private async Task<BookingConfiguration> ConfigurationAsync(CancellationToken stop) =>
        await readConfiguration(stop) switch
    {
        StoreResult<BookingConfiguration>.Done(var configuration) => configuration,
        StoreResult<BookingConfiguration>.Failed(var fault, var detail) =>
            throw new StoreFailedException(fault, "configuration", detail),
        _ => throw new UnreachableException("Reading the configuration has no condition."),
    };

    private async Task SortAsync(
        IReadOnlyList<LogEvent> events, BatchMemory memory, BookingTerms terms, BatchTally tally, CancellationToken stop)
    {
        var callers = identity.ForBatch(memory.Callers);
        for (var number = 0; number < events.Count; number++)
        {
            var logged = events[number];
            LineFate fate = AccessLineReader.Read(logged, memory.Lines) switch
            {
                LineReading.Access(var line) => LineSorting.Sort(
                    logged, line, await callers.ResolveAsync(line, stop), terms),
                LineReading.Ignored(var reason) => new LineFate.Ignore(logged, false, reason),
                LineReading.Bad(var key, var problem) => new LineFate.Refuse(logged, key, problem),
                _ => throw new UnreachableException(),
            };
            tally.Add(fate);
            if (fate is LineFate.Book booked)
            {
                memory.Requests.Add(booked);
            }
        }
    }
}
