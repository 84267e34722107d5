using AiGateway.Domain;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Ledger;

namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>One question after the other against DynamoDB Local: what stands in the tables, and what it
/// cost.</summary>
public static class ReservingTests
{
    // 333 bytes at 0.25 and 400 tokens at 1.00 dollars a million: the dearest tier's prices of gpt-4o-mini.
    private const decimal Hold = 0.00048325m;

    [Fact]
    public static async Task An_admission_is_one_round_and_leaves_a_hold_and_an_entry()
    {
        using var enforced = await Enforced.StartAsync(monthlyUsd: 25m);

        Assert.True(await enforced.AskAsync(Questions.Headers()));

        Assert.Equal("1", enforced.LogOf(Questions.RequestId, "round_trips"));
        Assert.Equal(Hold, (await enforced.MonthAsync()).Committed);
        Assert.Equal(Hold, (await enforced.MonthAsync()).Buckets.Values.Single());
        var entry = await enforced.EntryAsync(Questions.RequestId);
        Assert.Equal((EntryState.Held, "payments", 1), (entry!.State, entry.Team, entry.Attempts.Count));
        Assert.Equal(new Usd(Hold), entry.Attempts[0].Hold);
        Assert.Equal(("openai", "gpt-4o-mini"), (entry.Attempts[0].Call.Provider, entry.Attempts[0].Call.Model));
        Assert.Equal((333, 400), (entry.Attempts[0].Bounds.InputTokens, entry.Attempts[0].Bounds.OutputTokens));
    }

    [Fact]
    public static async Task A_refusal_is_two_rounds_at_most_and_leaves_the_account_as_it_was()
    {
        using var enforced = await Enforced.StartAsync(monthlyUsd: Hold);
        Assert.True(await enforced.AskAsync(Questions.Headers("first")));

        Assert.False(await enforced.AskAsync(Questions.Headers("second")));

        Assert.InRange(int.Parse(enforced.LogOf("second", "round_trips"), null), 1, 2);
        Assert.Equal("holds_in_the_way", enforced.LogOf("second", "reason"));
        Assert.Equal(Hold, (await enforced.MonthAsync()).Committed);
        Assert.Equal(EntryState.Void, (await enforced.EntryAsync("second"))!.State);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.0004832499")]
    public static async Task A_budget_below_the_hold_refuses_without_writing_anything(string limit)
    {
        Assert.True(Usd.TryParse(limit, out var usd));
        using var enforced = await Enforced.StartAsync(monthlyUsd: usd.Amount);

        Assert.False(await enforced.AskAsync(Questions.Headers()));

        Assert.Equal("0", enforced.LogOf(Questions.RequestId, "round_trips"));
        Assert.Equal("budget_exceeded", enforced.LogOf(Questions.RequestId, "reason"));
        Assert.Equal(0m, (await enforced.MonthAsync()).Committed);
        Assert.Null(await enforced.EntryAsync(Questions.RequestId));
    }

    [Fact]
    public static async Task A_scope_that_is_known_to_be_exhausted_is_refused_without_asking()
    {
        using var enforced = await Enforced.StartAsync(monthlyUsd: Hold);
        Assert.True(await enforced.AskAsync(Questions.Headers("first")));
        await enforced.SettleAsync("first", cost: Hold);

        Assert.False(await enforced.AskAsync(Questions.Headers("second")));
        Assert.False(await enforced.AskAsync(Questions.Headers("third")));

        Assert.Equal(("budget_exceeded", "budget_exceeded"), (enforced.LogOf("second", "reason"), enforced.LogOf("third", "reason")));
        Assert.InRange(int.Parse(enforced.LogOf("second", "round_trips"), null), 1, 2);
        Assert.Equal(("0", "deny_cache"), (enforced.LogOf("third", "round_trips"), enforced.LogOf("third", "detail")));
        Assert.Null(await enforced.EntryAsync("third"));
    }

    [Fact]
    public static async Task The_next_decision_sees_what_was_settled()
    {
        using var enforced = await Enforced.StartAsync(monthlyUsd: 2m * Hold);
        Assert.True(await enforced.AskAsync(Questions.Headers("first")));
        await enforced.SettleAsync("first", cost: 1.5m * Hold);

        Assert.False(await enforced.AskAsync(Questions.Headers("second")));

        Assert.Equal("budget_exceeded", enforced.LogOf("second", "reason"));
        Assert.Equal(1.5m * Hold, (await enforced.MonthAsync()).Settled);
    }

    [Fact]
    public static async Task A_request_that_was_settled_is_not_admitted_again()
    {
        using var enforced = await Enforced.StartAsync(monthlyUsd: 25m);
        Assert.True(await enforced.AskAsync(Questions.Headers()));
        await enforced.SettleAsync(Questions.RequestId, cost: Hold);

        Assert.False(await enforced.AskAsync(Questions.Headers()));

        Assert.Equal("request_closed", enforced.LogOf(Questions.RequestId, "reason"));
        Assert.Equal(Hold, (await enforced.MonthAsync()).Committed);
    }

    [Fact]
    public static async Task A_retry_with_the_same_id_is_a_further_attempt_with_a_hold_of_its_own()
    {
        using var enforced = await Enforced.StartAsync(monthlyUsd: 25m);
        var retry = Questions.Headers();
        (retry[WebhookHeaders.Provider], retry[WebhookHeaders.Model], retry[WebhookHeaders.Attempt]) =
            ("anthropic", "claude-haiku-4-5", "1");

        Assert.True(await enforced.AskAsync(Questions.Headers()));
        Assert.True(await enforced.AskAsync(retry));

        var entry = await enforced.EntryAsync(Questions.RequestId);
        Assert.Equal(["openai", "anthropic"], entry!.Attempts.Select(attempt => attempt.Call.Provider));
        Assert.Equal(
            entry.Attempts.Sum(attempt => attempt.Hold.Amount), (await enforced.MonthAsync()).Committed);
        Assert.Equal("2", enforced.LogOf(Questions.RequestId, "attempts"));
    }

    [Fact]
    public static async Task A_refused_retry_leaves_the_first_attempt_alone()
    {
        using var enforced = await Enforced.StartAsync(monthlyUsd: Hold);

        Assert.True(await enforced.AskAsync(Questions.Headers()));
        Assert.False(await enforced.AskAsync(Questions.Headers()));

        var entry = await enforced.EntryAsync(Questions.RequestId);
        Assert.Equal((EntryState.Held, 1), (entry!.State, entry.Attempts.Count));
        Assert.Equal(Hold, (await enforced.MonthAsync()).Committed);
    }

    [Fact]
    public static async Task What_is_confirmed_after_the_gateway_gave_up_is_given_back()
    {
        using var enforced = await Enforced.StartAsync(monthlyUsd: 25m);
        var longAgo = DateTimeOffset.UtcNow.AddMinutes(-5);

        Assert.False(await enforced.AskAsync(Questions.Headers(), receivedAt: longAgo));

        Assert.Equal("too_late", enforced.LogOf(Questions.RequestId, "reason"));
        Assert.Equal(0m, (await enforced.MonthAsync()).Committed);
        Assert.Equal(EntryState.Void, (await enforced.EntryAsync(Questions.RequestId))!.State);
    }

    [Fact]
    public static async Task The_clock_at_the_end_of_a_month_decides_whose_budget_it_is()
    {
        var clock = new ShiftedClock();
        using var enforced = await Enforced.StartAsync(monthlyUsd: Hold, clock: clock);

        clock.MoveTo(new DateTimeOffset(2026, 11, 30, 23, 58, 0, TimeSpan.Zero));
        Assert.True(await enforced.AskAsync(Questions.Headers("november")));
        Assert.False(await enforced.AskAsync(Questions.Headers("november-again")));
        clock.MoveTo(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.True(await enforced.AskAsync(Questions.Headers("december")));

        Assert.Equal(Hold, (await enforced.MonthAsync(period: "2026-11")).Committed);
        Assert.Equal(Hold, (await enforced.MonthAsync(period: "2026-12")).Committed);
        Assert.Equal("2026-11", (await enforced.EntryAsync("november"))!.Attempts[0].Holds[0].Account.Period);
    }

    [Fact]
    public static async Task Teams_without_a_budget_and_callers_without_a_team_have_accounts_of_their_own()
    {
        using var enforced = await Enforced.StartAsync();

        Assert.True(await enforced.AskAsync(Questions.Headers("one", team: "größe \U0001F4B0")));
        Assert.True(await enforced.AskAsync(Questions.Headers("two", team: "a#b")));

        Assert.Equal(Hold, (await enforced.MonthAsync("größe \U0001F4B0")).Committed);
        Assert.Equal(Hold, (await enforced.MonthAsync("unattributed")).Committed);
    }
}
