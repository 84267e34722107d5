using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;
using AiGateway.Domain.Settlement;
using AiGateway.Domain.Tests.AccessLog;

namespace AiGateway.Domain.Tests.Settlement;

/// <summary>Which price a line is billed at: model, day, service tier. A thousand tokens in; a token is a millionth.</summary>
public static class LinePriceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public static void The_price_is_that_of_the_day_of_admission_or_of_the_beginning_without_one()
    {
        var old = Row("m", 1m) with { EffectiveFrom = new DateOnly(2026, 1, 1) };
        var now = Row("m", 4m) with { EffectiveFrom = new DateOnly(2026, 11, 21) };

        Assert.Equal("0.001", Cost(On(Line("m"), Held(at: Now.AddDays(-1)), old, now)));
        Assert.Equal("0.004", Cost(On(Line("m"), Held(), old, now)));
        Assert.Equal("0.004", Cost(On(Line("m"), null, old, now)));
    }

    [Theory]
    [InlineData(null, null, "0.001")]
    [InlineData(null, "priority", "0.01")]
    [InlineData("priority", null, "0.01")]
    [InlineData("priority", "default", "0.01")]
    [InlineData("default", "priority", "0.001")]
    public static void The_tier_that_answered_counts_and_else_the_one_asked_for(string? answered, string? asked, string usd)
    {
        var tier = answered is null ? "" : $",\"service_tier\":\"{answered}\"";

        Assert.Equal(usd, Cost(On(Line("m", tier), Held(asked), Row("m", 1m))));
    }

    [Theory]
    [InlineData("priority", "0.01")]
    [InlineData("scale", "0.001")] // prepaid: no price for a token, so the standard one
    public static void Without_a_hold_an_unknown_model_is_the_dearest_on_its_tier(string tier, string usd)
    {
        var booking = On(Line("unheard-of", $",\"service_tier\":\"{tier}\""), null, Row("m", 1m));

        Assert.Equal((EntryState.Estimated, usd), (booking.State, Cost(booking)));
    }

    [Theory]
    [InlineData("m", null, "m")]
    [InlineData("m", "unheard-of", "m")] // priced by the request's model, whatever answered
    [InlineData("unheard-of", "m", "m")]
    [InlineData("asked-for", null, "asked-for")]
    [InlineData("asked-for", "answered", "answered")]
    public static void The_ledger_names_the_model_that_was_priced_and_else_the_one_that_answered(
        string asked, string? answered, string named)
    {
        var response = answered is null ? "" : $",\"gen_ai.response.model\":\"{answered}\"";

        Assert.Equal(named, On(Line(asked, response), Held(), Row("m", 1m)).Result.Model);
    }

    [Fact]
    public static void How_the_price_was_found_is_kept_at_bounded_length()
    {
        var row = Row("m", 1m) with { Source = new string('s', 400) };

        var source = On(Line("m"), null, row).Result.PriceSource!;
        Assert.Equal(300, source.Length);
        Assert.StartsWith("openai/m from 2025-01-01, sss", source, StringComparison.Ordinal);
    }

    [Fact]
    public static void Counts_of_a_gateway_that_nobody_has_seen_are_measured_and_flagged()
    {
        Assert.Equal("complete", On(Line("m", ",\"agw.version\":\"1.4.1\""), null, Row("m", 1m)).Result.Reason);
        Assert.Equal("complete_assumed_version", On(Line("m", ",\"agw.version\":\"1.7.0\""), null, Row("m", 1m)).Result.Reason);
    }

    /// <summary>OpenAI's output includes its thoughts; of others the total may show more.</summary>
    [Theory]
    [InlineData("openai", 1_000)]
    [InlineData("gcp.gemini", 1_500)]
    public static void Counts_are_read_as_the_provider_means_them(string provider, long tokens)
    {
        var line = Line("m", ",\"total_tokens\":1500", provider);

        Assert.Equal(tokens, On(line, null, Row("m", 1m) with { Provider = provider }).Amounts.Tokens);
    }

    /// <summary>Claude's input leaves out what was read from the cache, wherever it runs; that of others includes it.</summary>
    [Theory]
    [InlineData("claude-x", null, 1_200)]
    [InlineData("alias", "claude-x", 1_200)]
    [InlineData("claude-alias", "other", 1_000)]
    public static void Counts_are_read_as_the_model_that_answered_means_them(string asked, string? answered, long tokens)
    {
        var response = answered is null ? "" : $",\"gen_ai.response.model\":\"{answered}\"";
        var line = Line(asked, $"{response},\"gen_ai.usage.cache_read.input_tokens\":200");

        Assert.Equal(tokens, On(line, null, Row(answered ?? asked, 1m)).Amounts.Tokens);
    }

    private static string Cost(Booking booking) => booking.Amounts.Cost.ToString();

    private static string Line(string model, string more = "", string provider = "openai") => Lines.With(
        $",\"http.status\":200,\"gen_ai.provider.name\":\"{provider}\",\"gen_ai.request.model\":\"{model}\","
        + $"\"gen_ai.usage.input_tokens\":1000,\"gen_ai.usage.output_tokens\":0{more}");

    private static LedgerEntry Held(string? tier = null, DateTimeOffset? at = null)
    {
        var entry = Bookings.Held(0.9m, 10, 20, serviceTier: tier);
        return entry with { Attempts = [entry.Attempts[0] with { AdmittedAt = at ?? Now }] };
    }

    private static ModelPrice Row(string model, decimal input) => new()
    {
        Provider = "openai",
        Model = model,
        Source = "test",
        EffectiveFrom = new DateOnly(2025, 1, 1),
        Kind = ModelKind.Chat,
        Cards =
        [
            new RateCard(ServiceTier.Standard, 0, new() { Input = input / 1_000_000m, Output = 0m }),
            new RateCard(ServiceTier.Priority, 0, new() { Input = input / 100_000m, Output = 0m }),
        ],
    };

    private static Booking On(string text, LedgerEntry? entry, params ModelPrice[] rows)
    {
        var line = Lines.Access(text);
        var caller = CallerResolution.Resolve(LineClaims.Of(line.Caller), CallerDirectory.Empty);
        return ((Outcome<LineBooking>.Ok)LineBooking.Read(line, caller, PriceBook.Of(rows), Now)).Value.On(entry);
    }
}
