using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Settlement;

namespace CostAttribution.Book;

/// <summary>
/// What one batch leaves for the next, so that what stands in line after line is read, resolved and looked up once. Bounded;
/// for one batch at a time, and only while the configuration is the one that it was made for.
/// </summary>
internal sealed class BatchMemory(BookingConfiguration configuration)
{
    public LineMemory Lines { get; } = new();

    public LineCallers Callers { get; } = new(configuration.Directory);

    public LinePrices Prices { get; } = new(configuration.Prices);

    public BatchRequests Requests { get; } = new();

    public bool IsOf(BookingConfiguration other) =>
        ReferenceEquals(Callers.Registered, other.Directory) && ReferenceEquals(Prices.Book, other.Prices);
}
