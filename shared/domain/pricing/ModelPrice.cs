namespace AiGateway.Domain.Pricing;

/// <summary>One dated row of the price book.</summary>
public sealed record ModelPrice
{
    private readonly RateCard[] cards = [];

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Which source the row is from, with the source's date: <c>litellm-2026-07-24</c>.</summary>
    public required string Source { get; init; }

    /// <summary>In force from the start of this day, UTC, until the model's next row.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    public ModelKind Kind { get; init; }

    /// <summary>Input tokens at most; null: the sources do not say.</summary>
    public long? ContextWindow { get; init; }

    /// <summary>Output tokens at most for one answer; null: the sources do not say.</summary>
    public long? MaxOutputTokens { get; init; }

    /// <summary>Per request, whatever its size; null: none is known.</summary>
    public decimal? RequestFeeUsd { get; init; }

    /// <summary>Prices in units that the gateway does not count (<c>output_cost_per_image=0.04</c>), as the source has
    /// them; a model with nothing else has no price per token.</summary>
    public string? OtherUnits { get; init; }

    /// <summary>The standard base card first; context tiers keep the base price of what they do not name.</summary>
    public required IReadOnlyList<RateCard> Cards
    {
        get => cards;
        init => cards = RateCards.Completed(value);
    }

    /// <summary>Whether the source says, explicitly, that it costs nothing. A missing price is not free.</summary>
    public bool IsFree =>
        cards.Length > 0 && Array.TrueForAll(cards, card => card.Rates.AllZero)
        && RequestFeeUsd is null or 0m && OtherUnits is null;

    /// <summary>The standard rates below every context tier; null: nothing is priced per token.</summary>
    public TokenRates? Standard => cards.Length > 0 && cards[0] is { Tier: ServiceTier.Standard, ContextOver: 0 }
        ? cards[0].Rates
        : null;

    /// <summary>The card that a request is billed at; null: this tier has no price here.</summary>
    public RateCard? CardFor(ServiceTier tier, long totalInput) => RateCards.Choose(cards, Billed(tier), totalInput);

    /// <summary>
    /// Prices for bounds. Null: the row cannot bound a request (no input price, or no output price for a model that
    /// generates), so the price counts as unknown. A tier that nobody fixed (null, <c>auto</c>, an unknown name) may
    /// be billed as any of the row's tiers.
    /// </summary>
    /// <param name="serviceTier">As asked for.</param>
    /// <param name="inputTokensMost">What the input can have at most: a context tier above it can't be billed. Null:
    /// not bounded, so that every tier can.</param>
    public HoldPrices? ForHold(string? serviceTier, long? inputTokensMost = null) =>
        Bounds.Of(this, cards, serviceTier, inputTokensMost);

    /// <summary>The exact cost, or the reason why the row does not say it (<c>price_missing</c>).</summary>
    public Outcome<CostBreakdown> CostOf(BillableUsage usage, string? serviceTier) =>
        Costing.CostOf(this, usage, serviceTier);

    /// <summary>The total of <see cref="CostOf"/>, or the same reason.</summary>
    public Outcome<Usd> TotalOf(BillableUsage usage, string? serviceTier) => Costing.TotalOf(this, usage, serviceTier);

    // Anthropic's priority tier is capacity committed in advance; per token its page lists standard prices only.
    internal ServiceTier Billed(ServiceTier tier) =>
        tier == ServiceTier.Priority && Provider == "anthropic" ? ServiceTier.Standard : tier;
}
