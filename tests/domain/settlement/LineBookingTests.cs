using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Settlement;
using AiGateway.Domain.Tests.AccessLog;
using AiGateway.Tests;

namespace AiGateway.Domain.Tests.Settlement;

public static class LineBookingTests
{
    [Theory]
    [InlineData("openai-chat-buffered", "0.0000276")] // 60 in, 31 out
    [InlineData("openai-chat-cached", "0.0001218")] // 1200 in, of these 1024 read from the cache
    [InlineData("openai-from-messages-buffered", "0.0001218")] // the same, but here input excludes them
    [InlineData("anthropic-messages-cached", "0.0044988")] // 60 in, 700 written, 4096 read, 31 out
    [InlineData("anthropic-messages-stream", "0.0044988")]
    [InlineData("bedrock-chat-buffered", "0.00063778")] // 60 in, 128 written, 2048 read, 31 out
    [InlineData("production-embeddings", "0.00000016")] // 8 in
    public static void A_complete_line_is_measured_at_published_prices(string name, string usd)
    {
        var booking = Bookings.OfCase(name).On(null);

        Assert.Equal(EntryState.Measured, booking.State);
        Assert.Equal(usd, booking.Amounts.Cost.ToString());
        Assert.Equal("complete", booking.Result.Reason);
        Assert.Equal(1, booking.Amounts.Requests);
        Assert.NotNull(booking.Result.PriceSource);
    }

    [Fact]
    public static void What_is_measured_does_not_depend_on_the_hold()
    {
        var booking = Bookings.OfCase("openai-chat-buffered").On(Bookings.Held(1m, 333, 400));

        Assert.Equal("0.0000276", booking.Amounts.Cost.ToString());
        Assert.Equal(91, booking.Amounts.Tokens);
    }

    /// <summary>It is zero for a stream that was cut, and of another price list for the rest (T86).</summary>
    [Fact]
    public static void The_gateways_own_cost_counts_for_nothing()
    {
        const string GatewaysCost = "\"agw.ai.usage.cost.total\": \"0.0000276\"";
        var line = Recorded.Case("openai-chat-buffered").AccessLines.Single();
        Assert.Contains(GatewaysCost, line, StringComparison.Ordinal);

        var dearer = line.Replace(GatewaysCost, "\"agw.ai.usage.cost.total\": \"99\"", StringComparison.Ordinal);

        Assert.Equal(Bookings.Of(line).On(null).Amounts, Bookings.Of(dearer).On(null).Amounts);
    }

    [Theory]
    [InlineData("upstream-400")]
    [InlineData("upstream-429")]
    [InlineData("upstream-500")]
    [InlineData("bedrock-throttled")]
    [InlineData("failover-both-fail")]
    [InlineData("production-failover-refused")]
    [InlineData("production-failover-guard-down")]
    public static void What_the_provider_refused_is_measured_at_zero(string name)
    {
        var booking = Bookings.OfCase(name).On(Bookings.Held(1m, 100, 100));

        Assert.Equal(EntryState.Measured, booking.State);
        Assert.Equal(Usd.Zero, booking.Result.Cost);
        Assert.Equal(0, booking.Amounts.Tokens);
    }

    [Theory]
    [InlineData("reject-402-openai")]
    [InlineData("webhook-slow-fails-closed")]
    [InlineData("body-not-json")]
    [InlineData("production-embeddings-refused")]
    public static void What_was_not_sent_books_nothing(string name)
    {
        var booking = Bookings.OfCase(name).On(Bookings.Held(1m, 100, 100));

        Assert.Equal(EntryState.NotSent, booking.State);
        Assert.Null(booking.Result.Cost);
        Assert.Equal(BookedAmounts.None, booking.Amounts);
    }

    [Fact]
    public static void A_token_count_is_free_and_no_request()
    {
        var booking = Bookings.OfCase("anthropic-count-tokens").On(null);

        Assert.Equal(EntryState.Measured, booking.State);
        Assert.Equal(BookedAmounts.None, booking.Amounts);
        Assert.Equal("token_count", booking.Result.Reason);
    }

    [Theory]
    [InlineData("buffered-hangup", "client_hung_up")]
    [InlineData("upstream-timeout", "timed_out")]
    [InlineData("upstream-drop", "connection_lost")]
    public static void An_unknown_answer_is_estimated_at_its_whole_hold(string name, string reason)
    {
        var booking = Bookings.OfCase(name).On(Bookings.Held(0.125m, 300, 400));

        Assert.Equal(EntryState.Estimated, booking.State);
        Assert.Equal(new Usd(0.125m), booking.Result.Cost);
        Assert.Equal(700, booking.Amounts.Tokens);
        Assert.Equal(reason, booking.Result.Reason);
    }

    [Theory]
    [InlineData("openai-chat-stream-hangup", "stream_without_usage")]
    [InlineData("openai-chat-stream-cut", "stream_without_usage")]
    [InlineData("openai-chat-stream-usage-suppressed-unforced", "stream_without_usage")]
    [InlineData("openai-responses-stream-incomplete", "stream_without_usage")]
    [InlineData("openai-chat-buffered-no-usage", "answer_without_usage")]
    [InlineData("anthropic-messages-stream-hangup", "stream_without_usage")]
    public static void An_answer_without_its_usage_is_estimated(string name, string reason)
    {
        var booking = Bookings.OfCase(name).On(Bookings.Held(1m, 359, 16_384));

        Assert.Equal(EntryState.Estimated, booking.State);
        Assert.Equal(reason, booking.Result.Reason);
        Assert.True(booking.Result.Cost > Usd.Zero && booking.Result.Cost < new Usd(1m));
    }

    [Fact]
    public static void In_the_worst_case_every_byte_that_went_out_was_a_token()
    {
        var booking = Bookings.OfCase("openai-chat-stream-hangup").On(Bookings.Held(1m, 359, 16_384));

        // 359 reserved for input, 1826 bytes of output.
        Assert.Equal((359, 1826), (booking.Result.InputTokens, booking.Result.OutputTokens));
        Assert.Equal("0.00114945", booking.Result.Cost.ToString());
    }

    [Fact]
    public static void An_estimate_never_exceeds_the_output_bound_of_its_hold()
    {
        var booking = Bookings.OfCase("openai-chat-stream-hangup").On(Bookings.Held(1m, 359, 100));

        Assert.Equal(100, booking.Result.OutputTokens);
    }

    [Fact]
    public static void Where_the_provider_counted_the_input_its_count_is_taken()
    {
        var booking = Bookings.OfCase("anthropic-messages-stream-hangup").On(Bookings.Held(1m, 16_726, 256));

        // 60 x 3 + 4096 x 0.3 + 256 x 15, a millionth each: the bound of 256 is below the 1251 bytes.
        Assert.Equal((4156, 256), (booking.Result.InputTokens, booking.Result.OutputTokens));
        Assert.Equal("0.0052488", booking.Result.Cost.ToString());
    }

    [Fact]
    public static void As_expected_every_event_was_a_token()
    {
        var booking = Bookings.OfCase("openai-chat-stream-hangup").On(
            Bookings.Held(1m, 90, 16_384, HoldMode.Expected));

        Assert.Equal((90, 8), (booking.Result.InputTokens, booking.Result.OutputTokens));
        Assert.Equal("0.0000183", booking.Result.Cost.ToString());
    }

    [Fact]
    public static void Without_a_hold_an_estimate_takes_the_models_own_limits()
    {
        var hangup = Bookings.OfCase("openai-chat-stream-hangup").On(null);
        var timeout = Bookings.OfCase("upstream-timeout").On(null);

        Assert.Equal((128_000, 1826), (hangup.Result.InputTokens, hangup.Result.OutputTokens));
        Assert.Equal((128_000, 16_384), (timeout.Result.InputTokens, timeout.Result.OutputTokens));
        Assert.Equal("0.0290304", timeout.Result.Cost.ToString());
    }

    [Fact]
    public static void Without_a_hold_the_lines_own_output_bound_counts()
    {
        var booking = Bookings.OfCase("buffered-hangup").On(null);

        Assert.Equal(50, booking.Result.OutputTokens);
    }

    [Fact]
    public static void An_unknown_price_is_the_hold_and_never_zero()
    {
        var booking = Bookings.OfCase("bedrock-inference-profile-arn").On(Bookings.Held(0.25m, 391, 64));

        Assert.Equal(EntryState.Estimated, booking.State);
        Assert.Equal("unpriced", booking.Result.Reason);
        Assert.Equal(new Usd(0.25m), booking.Result.Cost);
        Assert.Equal(91, booking.Amounts.Tokens);
    }

    [Fact]
    public static void Without_a_hold_an_unknown_model_counts_as_its_providers_dearest_and_says_so()
    {
        var booking = Bookings.OfCase("bedrock-inference-profile-arn").On(null);

        Assert.Equal(EntryState.Estimated, booking.State);
        Assert.Equal("unpriced", booking.Result.Reason);
        Assert.Equal("0.0002365", booking.Result.Cost.ToString());
        Assert.Contains("Assumed", booking.Result.PriceSource, StringComparison.Ordinal);
    }

    [Fact]
    public static void Without_a_hold_a_provider_nobody_knows_is_refused_and_not_made_up()
    {
        var line = Lines.With(
            ""","http.status":200,"gen_ai.provider.name":"new","gen_ai.request.model":"m","gen_ai.usage.input_tokens":5,"gen_ai.usage.output_tokens":5""");

        Assert.Throws<UnbookableLineException>(() => Bookings.Of(line).On(null));
        Assert.Equal(new Usd(0.5m), Bookings.Of(line).On(Bookings.Held(0.5m, 1, 1)).Result.Cost);
    }

    [Fact]
    public static void Counts_that_contradict_each_other_refuse_the_line()
    {
        var line = Lines.Access(Lines.With(
            ""","http.status":200,"gen_ai.provider.name":"openai","gen_ai.request.model":"gpt-4o-mini","gen_ai.usage.input_tokens":5,"gen_ai.usage.cache_read.input_tokens":6,"gen_ai.usage.output_tokens":5,"total_tokens":10"""));

        Assert.Equal("bad_usage", Assert.IsType<Outcome<LineBooking>.Failed>(Bookings.Read(line)).Problem.Code);
    }

    [Fact]
    public static void A_request_without_an_entry_is_booked_in_the_month_it_began_in()
    {
        var line = """
            {"scope":"request","request_id":"r","team":"payments","started_at":"2026-10-31T23:59:59.999999Z","http.status":200,
            "gen_ai.provider.name":"openai","gen_ai.request.model":"gpt-4o-mini","gen_ai.usage.input_tokens":5,"gen_ai.usage.output_tokens":5}
            """;

        var accounts = Bookings.Of(line).On(null).Accounts;

        Assert.Equal(["org@2026-10", "team#payments@2026-10"], accounts.Select(account => account.Account.ToString()));
        Assert.All(accounts, account => Assert.Equal(
            [Dimension.Usd, Dimension.Tokens, Dimension.Requests],
            account.Amounts.Select(amount => amount.Total.Dimension)));
    }

    [Fact]
    public static void A_request_without_a_team_is_booked_as_unattributed()
    {
        var booking = Bookings.OfCase("openai-chat-no-team").On(null);

        Assert.Equal("unattributed", booking.Team);
        Assert.Contains("team#unattributed@2026-11", booking.Accounts.Select(account => account.Account.ToString()));
    }

    [Fact]
    public static void Names_of_the_callers_choice_are_bounded()
    {
        var line = Lines.With(
            $",\"http.status\":500,\"gen_ai.provider.name\":\"openai\",\"gen_ai.request.model\":\"{new string('m', 8000)}\"");

        Assert.Equal(256, Bookings.Of(line).On(null).Result.Model!.Length);
    }

    [Fact]
    public static void Every_recorded_line_can_be_booked_on_a_hold()
    {
        foreach (var recorded in Recorded.Cases)
        {
            foreach (var line in recorded.AccessLines)
            {
                var booking = Bookings.Of(line).On(Bookings.Held(1m, 1000, 1000));
                Assert.True(booking.State is EntryState.NotSent or EntryState.Measured or EntryState.Estimated);
                Assert.True(booking.State == EntryState.NotSent || booking.Result.Cost is not null, recorded.Name);
            }
        }
    }
}
