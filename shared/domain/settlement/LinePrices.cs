using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Settlement;

/// <summary>
/// A price book's answers for lines: most lines ask the same few questions, and how a price was found is said in words.
/// Bounded; for one batch at a time.
/// </summary>
public sealed class LinePrices(PriceBook book)
{
    private const int Slots = 256;

    private readonly SlotCache<Question, LinePrice> known = new(Slots);

    public PriceBook Book => book;

    /// <summary>The price that a line is billed at.</summary>
    internal LinePrice Of(in BilledLine line, Attempt? attempt) => Find(line, attempt, isAssumed: false);

    /// <summary>
    /// Where there is no hold to fall back on: the provider's dearest model, said so; none where it has none.
    /// </summary>
    internal LinePrice Assumed(in BilledLine line) => Find(line, null, isAssumed: true);

    private LinePrice Find(in BilledLine line, Attempt? attempt, bool isAssumed)
    {
        var at = attempt?.AdmittedAt ?? line.StartedAt;
        var question = new Question(
            line.Call.Provider,
            line.Answer.Model,
            line.Call.Model,
            DateOnly.FromDateTime(at.UtcDateTime),
            line.Call.ServiceTier ?? attempt?.Call.ServiceTier,
            isAssumed);
        return known.Find(question)
            ?? (question.IsShort ? known.Keep(question, Ask(question, at)) : Ask(question, at));
    }

    private LinePrice Ask(Question question, DateTimeOffset at)
    {
        var query = new PriceQuery(question.Provider, question.Answered, question.Asked, at, question.ServiceTier);
        return LinePrice.Of(question.IsAssumed ? book.FindOrAssume(query) : book.Find(query), query.ServiceTier);
    }

    /// <summary>All that a price depends on. Prices change by UTC date.</summary>
    private readonly record struct Question(
        string? Provider, string? Answered, string? Asked, DateOnly Day, string? ServiceTier, bool IsAssumed)
    {
        public bool IsShort => KeptTexts.AreShort(Provider, Answered, Asked, ServiceTier);

        // Most lines are of one day.
        public override int GetHashCode() => ShortHash.Of(Asked, Answered, Provider, ServiceTier);
    }
}
