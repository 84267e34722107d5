using AiGateway.Domain.Pricing;
using AiGateway.Local.Prices;

namespace AiGateway.Local.Tests.Prices;

/// <summary>An import adds to the past and never rewrites it.</summary>
public static class PriceHistoryTests
{
    private static readonly ModelPrice July = Row("2025-01-01", "litellm-2026-07-24", "standard in=1 out=2");

    [Fact]
    public static void The_same_price_again_changes_nothing() =>
        Assert.Equal(["2025-01-01 in=1 out=2"], After([July], Row("2025-01-01", "litellm-2026-12-01", "standard in=1 out=2")));

    [Fact]
    public static void A_new_price_counts_from_the_day_its_source_was_made() =>
        Assert.Equal(
            ["2025-01-01 in=1 out=2", "2026-12-01 in=3 out=4"],
            After([July], Row("2025-01-01", "litellm-2026-12-01", "standard in=3 out=4")));

    [Fact]
    public static void A_change_that_the_source_dates_counts_from_its_own_day() =>
        Assert.Equal(
            ["2025-01-01 in=1 out=2", "2026-11-15 in=3 out=4"],
            After(
                [July],
                Row("2025-01-01", "genai-prices-2026-12-01", "standard in=1 out=2"),
                Row("2026-11-15", "genai-prices-2026-12-01", "standard in=3 out=4")));

    [Fact]
    public static void Past_periods_never_reprice()
    {
        var book = PriceBook.Of(PriceHistory.Merge([July], [Row("2025-01-01", "litellm-2026-12-01", "standard in=3 out=4")]));
        var query = new PriceQuery("openai", "m", null, new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero), null);

        var before = (PriceLookup.Found)book.Find(query);
        var after = (PriceLookup.Found)book.Find(query with { At = query.At.AddSeconds(1) });
        Assert.Equal((0.000001m, 0.000003m), (before.Price.Standard?.Input, after.Price.Standard?.Input));
    }

    [Fact]
    public static void A_model_that_leaves_the_sources_keeps_its_prices() =>
        Assert.Equal([July], PriceHistory.Merge([July], []));

    [Fact]
    public static void An_announced_price_that_is_withdrawn_before_its_day_goes()
    {
        var announced = Row("2027-01-01", "genai-prices-2026-08-21", "standard in=9 out=9");

        Assert.Equal(["2025-01-01 in=1 out=2"], After([July, announced], Row("2025-01-01", "genai-prices-2026-12-01", "standard in=1 out=2")));
    }

    [Fact]
    public static void Limits_are_updated_in_place_because_they_are_no_prices()
    {
        var larger = Row("2025-01-01", "litellm-2026-12-01", "standard in=1 out=2") with { MaxOutputTokens = 99 };

        var row = Assert.Single(PriceHistory.Merge([July], [larger]));
        Assert.Equal((99, "litellm-2026-07-24"), (row.MaxOutputTokens, row.Source));
    }

    [Fact]
    public static void Importing_twice_is_importing_once()
    {
        ModelPrice[] next = [Row("2025-01-01", "litellm-2026-12-01", "standard in=3 out=4")];
        var once = PriceHistory.Merge([July], next);

        Assert.Equal(BookFile.Write(once), BookFile.Write(PriceHistory.Merge(once, next)));
    }

    [Fact]
    public static void The_diff_shows_what_comes_and_what_goes_row_by_row()
    {
        var before = new[] { July, Row("2026-01-01", "litellm-2026-07-24", "standard in=5 out=5") with { Model = "gone" } };
        var after = new[] { July, Row("2026-12-01", "litellm-2026-12-01", "standard in=3 out=4") };

        var lines = BookDiff.Lines(before, after).ToList();

        Assert.Equal(2, lines.Count);
        Assert.StartsWith("- openai\tgone\t2026-01-01", lines[0]);
        Assert.StartsWith("+ openai\tm\t2026-12-01", lines[1]);
    }

    private static List<string> After(ModelPrice[] previous, params ModelPrice[] imported) =>
    [
        .. PriceHistory.Merge(previous, imported)
            .Select(row => $"{row.EffectiveFrom:yyyy-MM-dd} {PriceHistory.Prices(row)["standard ".Length..]}"),
    ];

    private static ModelPrice Row(string from, string source, string cards) =>
        PriceRowText.Read($"openai\tm\t{from}\t{source}\tchat\t-\t-\t{cards}");
}
