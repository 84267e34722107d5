using AiGateway.Domain;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>What became of one line.</summary>
internal abstract record PriceAnswer
{
    private PriceAnswer()
    {
    }

    internal sealed record Priced(PriceLookup.Found Found, BillableUsage Usage, CostBreakdown Cost, string? Note)
        : PriceAnswer;

    /// <summary>Not billed whatever the model: a token count.</summary>
    internal sealed record NotBilled(string Reason) : PriceAnswer;

    internal sealed record Unknown(PriceLookup.Found? Found, string Reason) : PriceAnswer;

    internal sealed record Bad(string Error) : PriceAnswer;

    /// <summary>Lookup, reading and cost, as cost attribution does it.</summary>
    internal static PriceAnswer For(PriceLine line, PriceBook book, bool assumes)
    {
        var lookup = assumes ? book.FindOrAssume(line.Query) : book.Find(line.Query);
        var found = lookup as PriceLookup.Found;
        var reading = UsageReading.Read(line.Usage with { Operation = Operation(line.Usage, found?.Price) });
        return (reading, lookup) switch
        {
            (UsageResult.Refused refused, _) => new Bad(refused.Reason),
            (UsageResult.NotBilled free, _) => new NotBilled(free.Reason),
            (_, PriceLookup.Unknown unknown) => new Unknown(null, unknown.Reason),
            (UsageResult.Incomplete incomplete, _) => new Unknown(found, incomplete.Reason),
            (UsageResult.Complete complete, _) => Costed(found!, complete, line.Query.ServiceTier),
            _ => throw new InvalidOperationException($"No answer for {reading}."),
        };
    }

    private static PriceAnswer Costed(PriceLookup.Found found, UsageResult.Complete complete, string? tier) =>
        found.Price.CostOf(complete.Usage, tier) switch
        {
            Outcome<CostBreakdown>.Ok ok => new Priced(found, complete.Usage, ok.Value, complete.Assumption),
            Outcome<CostBreakdown>.Failed failed => new Unknown(found, failed.Problem.Message),
            _ => throw new InvalidOperationException("An outcome is neither."),
        };

    // A line that does not say what it did did what its model does.
    private static string? Operation(LoggedUsage usage, ModelPrice? price) => usage.Operation ?? price?.Kind switch
    {
        ModelKind.Embedding => "embeddings",
        ModelKind.Rerank => "rerank",
        _ => null,
    };
}
