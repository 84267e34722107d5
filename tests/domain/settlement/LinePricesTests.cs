using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;
using AiGateway.Domain.Settlement;
using AiGateway.Domain.Tests.AccessLog;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Domain.Tests.Settlement;

/// <summary>A line is priced as on its own, whatever was priced before.</summary>
public static class LinePricesTests
{
    private static readonly PriceBook Book = Bookings.Book.With(
    [
        new PriceOverride("openai", "own", new DateOnly(2026, 11, 10), new OverrideTerms.SameAs("openai", "gpt-4o-mini")),
        new PriceOverride("anthropic", "*", new DateOnly(2026, 11, 15), new OverrideTerms.Discount(10m)),
        new PriceOverride("anthropic", "*", new DateOnly(2026, 11, 20), new OverrideTerms.Ended()),
    ]);

    private static readonly Gen<string> MadeUp =
        from provider in Gen.Elements("openai", "anthropic", "aws.bedrock", "nobody")
        from asked in Gen.Elements("gpt-4o-mini", "claude-sonnet-4-5", "own", "unheard-of", new string('m', 1_100))
        from answered in Gen.Elements("", "gpt-4o-mini-2024-07-18", "claude-haiku-4-5-20251001", "own", "GPT-4o", "x")
        from tier in Gen.Elements("", "default", "priority", "flex", "scale")
        from day in Gen.Choose(1, 28)
        from output in Gen.Choose(0, 2_000)
        select $$"""
            {"scope":"request","request_id":"r-1","started_at":"2026-11-{{day:00}}T23:59:59.9Z","http.status":200,
            "gen_ai.provider.name":"{{provider}}","gen_ai.request.model":"{{asked}}","gen_ai.response.model":"{{answered}}",
            "service_tier":"{{tier}}","gen_ai.usage.input_tokens":1000,"gen_ai.usage.output_tokens":{{output}},"total_tokens":{{1000 + output}}}
            """;

    [Fact]
    public static void Every_recorded_line_is_booked_as_on_its_own()
    {
        var prices = new LinePrices(PriceBook.Default);
        foreach (var line in Recorded.Cases.SelectMany(recorded => recorded.AccessLines).Concat(
            Recorded.DayLog.Where(line => line.Contains("\"scope\":\"request\"", StringComparison.Ordinal))))
        {
            AssertSame(prices, line);
        }
    }

    [Fact]
    public static void Any_line_is_booked_as_on_its_own()
    {
        var prices = new LinePrices(Book);
        Prop.ForAll(MadeUp.ToArbitrary(), line => AssertSame(prices, line)).Check(Laws.Cases(1_000));
    }

    [Fact]
    public static void It_holds_some_hundred_answers_however_many_models_there_are()
    {
        var prices = new LinePrices(Book);

        // Why a model has no price is told in words of its own.
        var kept = Kept.Of(2_000, number => PriceSource(prices, $"{number}-{Guid.NewGuid()}"));

        Assert.InRange(kept, 125, 256);
        GC.KeepAlive(prices);
    }

    [Fact]
    public static void A_model_of_a_long_name_is_not_kept()
    {
        var prices = new LinePrices(Book);

        Assert.Same(PriceSource(prices, new string('m', 1_024)), PriceSource(prices, new string('m', 1_024)));
        Assert.NotSame(PriceSource(prices, new string('m', 1_025)), PriceSource(prices, new string('m', 1_025)));
    }

    private static string PriceSource(LinePrices prices, string model)
    {
        var line = Lines.Access(Lines.With(
            $",\"http.status\":200,\"gen_ai.provider.name\":\"openai\",\"gen_ai.request.model\":\"{model}\","
            + "\"gen_ai.usage.input_tokens\":1,\"gen_ai.usage.output_tokens\":0"));
        var caller = CallerResolution.Resolve(LineClaims.Of(line.Caller), CallerDirectory.Empty);
        var terms = new BookingTerms(prices, Bookings.Now, (_, _) => []);
        var booking = ((Outcome<LineBooking>.Ok)LineBooking.Read(line, caller, terms)).Value;
        return booking.On(Bookings.Held(0.9m, 10, 20)).Result.PriceSource!;
    }

    private static void AssertSame(LinePrices prices, string line)
    {
        foreach (var entry in new[] { null, Bookings.Held(0.9m, 10, 20, serviceTier: null), Bookings.Held(0.9m, 10, 20, serviceTier: "flex") })
        {
            Assert.Equal(Booked(new LinePrices(prices.Book), line, entry), Booked(prices, line, entry));
        }
    }

    private static string Booked(LinePrices prices, string text, LedgerEntry? entry)
    {
        var line = Lines.Access(text);
        var caller = new LineCallers(CallerDirectory.Empty).Of(line.Caller, line.Call.Model);
        var terms = new BookingTerms(prices, Bookings.Now, (_, _) => []);
        try
        {
            return LineBooking.Read(line, caller, terms) switch
            {
                Outcome<LineBooking>.Ok(var booking) => (booking.On(entry) with { Accounts = [] }).ToString(),
                Outcome<LineBooking>.Failed(var problem) => problem.ToString(),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (UnbookableLineException unbookable)
        {
            return unbookable.Message;
        }
    }
}
