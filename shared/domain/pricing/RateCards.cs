namespace AiGateway.Domain.Pricing;

/// <summary>The order of a row's cards, and the choice among them.</summary>
internal static class RateCards
{
    /// <summary>Sorted by tier and context, and each context tier completed from its base card.</summary>
    internal static RateCard[] Completed(IReadOnlyList<RateCard> given)
    {
        var cards = given.ToArray();
        Array.Sort(cards, static (left, right) => left.Tier != right.Tier
            ? left.Tier.CompareTo(right.Tier)
            : left.ContextOver.CompareTo(right.ContextOver));
        for (var index = 0; index < cards.Length; index++)
        {
            var card = cards[index];
            var isTier = card.ContextOver > 0 && index > 0 && cards[index - 1].Tier == card.Tier;
            cards[index] = isTier ? card with { Rates = card.Rates.Or(cards[index - 1].Rates) } : card;
        }

        return cards;
    }

    /// <summary>
    /// The tier's card with the highest context bound that the input is over. Null: the tier has no price here, or the
    /// standard tier moves at this context and nobody says what the asked one does.
    /// </summary>
    internal static RateCard? Choose(RateCard[] cards, ServiceTier tier, long totalInput)
    {
        RateCard? chosen = null;
        var standardOver = 0L;
        foreach (var card in cards)
        {
            if (card.ContextOver > 0 && totalInput <= card.ContextOver)
            {
                continue;
            }

            standardOver = card.Tier == ServiceTier.Standard ? Math.Max(standardOver, card.ContextOver) : standardOver;
            chosen = card.Tier == tier ? card : chosen;
        }

        return chosen?.ContextOver < standardOver ? null : chosen;
    }
}
