using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>Makes one dated row, or several, of what the sources say about one model.</summary>
internal sealed class Merger(Decisions decisions, ImportReport report)
{
    private static readonly Rate[] Compared =
        [Rate.Input, Rate.Output, Rate.CacheRead, Rate.CacheWrite, Rate.CacheWriteOneHour, Rate.InputAudio, Rate.OutputAudio];

    private readonly List<Difference> undecided = [];

    /// <summary>Differences that no decision explains: the import fails on them.</summary>
    internal IReadOnlyList<Difference> Undecided => undecided;

    /// <summary>LiteLLM's row, corrected and completed by the others'.</summary>
    internal IReadOnlyList<ModelPrice> Merge(ModelPrice row, IReadOnlyList<ModelPrice> dated, ModelPrice? regional)
    {
        var uplifted = Uplifted(row, dated);
        var known = dated.Count <= 1
            ? [dated.Count == 1 ? Reconciled(uplifted, dated[0], GenaiSource.Name) : uplifted]
            : Dated(uplifted, dated);
        return regional is null ? known : [.. known.Select((price, index) => Seen(known, index, regional)
            ? Reconciled(price, regional, PortkeySource.Name)
            : price)];
    }

    /// <summary>The dated prices without those that the provider announced and withdrew before their day.</summary>
    internal IReadOnlyList<ModelPrice> InForce(IReadOnlyList<ModelPrice> dated) =>
    [
        .. dated.Where(row =>
        {
            var field = $"dated {row.EffectiveFrom:yyyy-MM-dd}";
            var decision = decisions.For(row.Provider, row.Model, field);
            if (decision is not null)
            {
                report.Decide(
                    new Difference(row.Provider, row.Model, field, Million(dated[0].Standard?.Input), Million(row.Standard?.Input)),
                    decision.Take,
                    decision.Reason);
            }

            return decision is null;
        }),
    ];

    /// <summary>What the provider's own page says, whatever the sources say: decisions on <c>set</c> and a rate.</summary>
    internal ModelPrice Corrected(ModelPrice row)
    {
        if (row.Standard is not { } rates)
        {
            return row;
        }

        var corrected = rates;
        foreach (var rate in Compared)
        {
            if (decisions.For(row.Provider, row.Model, $"set {rate}") is { Amount: { } amount } decision)
            {
                report.Decide(
                    new Difference(row.Provider, row.Model, $"set {rate}", Million(rates.Of(rate)), decision.Take),
                    "provider",
                    decision.Reason);
                corrected = corrected.With(rate, new UsdPerMillionTokens(amount).PerToken().Amount);
            }
        }

        return corrected == rates ? row : row with { Cards = [row.Cards[0] with { Rates = corrected }] };
    }

    /// <summary>Whether this is the row that was in force when the source was made.</summary>
    private static bool Seen(IReadOnlyList<ModelPrice> dated, int index, ModelPrice source)
    {
        var day = PriceHistory.SourceDate(source);
        return dated[index].EffectiveFrom <= day
            && (index + 1 == dated.Count || dated[index + 1].EffectiveFrom > day);
    }

    /// <summary>From Claude 4.5 on, Bedrock bills in-region and geographic endpoints 10 % above the global one.</summary>
    private ModelPrice Uplifted(ModelPrice row, IReadOnlyList<ModelPrice> dated)
    {
        const decimal Uplift = 1.1m;
        if (row.Provider != "aws.bedrock" || !row.Model.Contains("claude", StringComparison.Ordinal)
            || row.Standard?.Input is not { } input || dated.Count == 0
            || dated[0].Standard?.Input != input * Uplift)
        {
            return row;
        }

        report.Decide(
            new Difference(row.Provider, row.Model, "standard in", Million(input), Million(input * Uplift)),
            GenaiSource.Name,
            "in-region and geographic endpoints cost 10 % more than global ones from Claude 4.5 on"
                + " (platform.claude.com/docs/en/about-claude/pricing, third-party platforms; aws.amazon.com/bedrock/pricing)");
        return row with
        {
            Cards = [.. row.Cards.Select(card => card with { Rates = card.Rates.Map(rate => rate * Uplift) })],
            Source = $"{row.Source}+{dated[0].Source}",
        };
    }

    /// <summary>Prices that change on a day: each of them, with this row's other tiers where its prices are the same.</summary>
    private List<ModelPrice> Dated(ModelPrice row, IReadOnlyList<ModelPrice> dated)
    {
        var rows = new List<ModelPrice>();
        foreach (var price in dated)
        {
            var isSame = price.Standard?.Input == row.Standard?.Input && price.Standard?.Output == row.Standard?.Output;
            rows.Add(isSame
                ? Reconciled(row, price, GenaiSource.Name) with { EffectiveFrom = price.EffectiveFrom }
                : price with
                {
                    Kind = row.Kind,
                    ContextWindow = row.ContextWindow ?? price.ContextWindow,
                    MaxOutputTokens = row.MaxOutputTokens,
                });
            if (!isSame)
            {
                report.Decide(
                    new Difference(
                        row.Provider, row.Model, "standard in", Million(row.Standard?.Input),
                        Million(price.Standard?.Input)),
                    GenaiSource.Name,
                    $"the price changes by date; this one counts from {price.EffectiveFrom:yyyy-MM-dd} on");
            }
        }

        return rows;
    }

    /// <summary>This row, with each difference decided, and with what only the other has where both agree otherwise.</summary>
    private ModelPrice Reconciled(ModelPrice row, ModelPrice other, string name)
    {
        if (row.Standard is not { } mine || other.Standard is not { } theirs)
        {
            return row;
        }

        var taken = mine;
        var isSame = true;
        foreach (var rate in Compared)
        {
            if (mine.Of(rate) is { } first && theirs.Of(rate) is { } second && first != second)
            {
                isSame = false;
                taken = taken.With(rate, Decided(row, rate, (first, second), name));
            }
        }

        var result = taken == mine ? row : Changed(row, mine, taken, other);
        return isSame ? Completed(result, other) : result;
    }

    private decimal Decided(ModelPrice row, Rate rate, (decimal First, decimal Second) prices, string name)
    {
        var difference = new Difference(
            row.Provider, row.Model, $"{rate} ({LiteLlmSource.Name}, {name})", Million(prices.First), Million(prices.Second));
        var decision = decisions.For(row.Provider, row.Model, $"{name} {rate}");
        if (decision is null)
        {
            undecided.Add(difference);
            return prices.First;
        }

        report.Decide(difference, decision.Take, decision.Reason);
        return decision switch
        {
            { Amount: { } amount } => new UsdPerMillionTokens(amount).PerToken().Amount,
            { Take: Decision.Dearer } => Math.Max(prices.First, prices.Second),
            _ => decision.Take == name ? prices.Second : prices.First,
        };
    }

    private static ModelPrice Changed(ModelPrice row, TokenRates before, TokenRates after, ModelPrice other)
    {
        // Other tiers were priced beside the old rates: they count only where input and output stay.
        var stays = before.Input == after.Input && before.Output == after.Output;
        var rest = stays ? row.Cards.Skip(1) : other.Cards.Skip(1);
        return row with
        {
            Cards = [row.Cards[0] with { Rates = after }, .. rest],
            Source = $"{row.Source}+{other.Source}",
        };
    }

    private static ModelPrice Completed(ModelPrice row, ModelPrice other)
    {
        var cards = row.Cards.ToList();
        foreach (var card in other.Cards)
        {
            var at = cards.FindIndex(mine => mine.Tier == card.Tier && mine.ContextOver == card.ContextOver);
            if (at < 0 && (card.Tier != ServiceTier.Standard || !cards.Exists(mine => mine.ContextOver > 0)))
            {
                cards.Add(card);
            }
            else if (at >= 0)
            {
                cards[at] = cards[at] with { Rates = cards[at].Rates.Or(card.Rates) };
            }
        }

        var completed = row with { Cards = cards, ContextWindow = row.ContextWindow ?? other.ContextWindow };
        return PriceHistory.Prices(completed) == PriceHistory.Prices(row)
            ? completed
            : completed with { Source = $"{row.Source}+{other.Source}" };
    }

    private static string Million(decimal? perToken) =>
        perToken is { } rate ? ImportReport.Plain(rate * 1_000_000m) : "-";
}
