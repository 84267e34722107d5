using System.Globalization;
using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;

namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>Each kind of limit against DynamoDB Local: rates, tokens, requests in flight, other calendars.</summary>
public static class LimitKindsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 1, TimeSpan.Zero);

    [Fact]
    public static async Task A_tiers_requests_a_minute_are_exact_and_back_in_the_next_minute()
    {
        var clock = new ShiftedClock();
        using var enforced = await Enforced.StartAsync(clock: clock, settings: [("TIER_LIMITS", "standard=3/-/100")]);
        clock.MoveTo(Noon);

        for (var number = 0; number < 3; number++)
        {
            Assert.True(await enforced.AskAsync(Questions.Headers($"r{number}")));
        }

        Assert.False(await enforced.AskAsync(Questions.Headers("r3")));
        Assert.Equal("rate_limited", enforced.LogOf("r3", "reason"));
        clock.MoveTo(Noon.AddMinutes(1));
        Assert.True(await enforced.AskAsync(Questions.Headers("r4")));
    }

    [Fact]
    public static async Task Minutes_that_are_over_are_removed_in_passing()
    {
        var clock = new ShiftedClock();
        using var enforced = await Enforced.StartAsync(clock: clock, settings: [("TIER_LIMITS", "standard=3/-/100")]);

        for (var minute = 0; minute < 6; minute++)
        {
            clock.MoveTo(Noon.AddMinutes(minute));
            Assert.True(await enforced.AskAsync(Questions.Headers($"r{minute}")));
        }

        var totals = await ReadAsync(enforced, "team#payments", "2026-11");
        Assert.Equal(3, totals.Totals.Keys.Count(total => total.IsMinute));
        Assert.All(totals.Totals.Values, total => Assert.Equal(
            total.Settled + total.Estimated + total.Buckets.Values.Sum(), total.Committed));
        Assert.Equal(6m * 0.00048325m, totals[new Total("M", Dimension.Usd)].Committed);
    }

    [Fact]
    public static async Task Requests_in_flight_are_counted_while_they_run_and_never_settled()
    {
        using var enforced = await Enforced.StartAsync();
        await PutAsync(enforced, new BudgetFields("team#payments", "month") { Limits = new BudgetAmounts(InFlight: 2m) });

        Assert.True(await enforced.AskAsync(Questions.Headers("one")));
        Assert.True(await enforced.AskAsync(Questions.Headers("two")));
        Assert.False(await enforced.AskAsync(Questions.Headers("three")));
        Assert.Equal("holds_in_the_way", enforced.LogOf("three", "reason"));
        await enforced.SettleAsync("one", 0.0001m);
        Assert.True(await enforced.AskAsync(Questions.Headers("four")));
        await enforced.SettleAsync("two", 0.0001m);
        await enforced.SettleAsync("four", 0.0001m);

        var running = (await ReadAsync(enforced, "team#payments", "in_flight"))[new Total("F", Dimension.Requests)];
        Assert.Equal((0m, 0m, 0m), (running.Committed, running.Settled, running.Estimated));
    }

    [Fact]
    public static async Task A_users_tokens_in_a_week_of_another_calendar_are_held_and_settled_there()
    {
        var clock = new ShiftedClock();
        using var enforced = await Enforced.StartAsync(clock: clock);
        await PutAsync(enforced, new BudgetFields("user#u1", "week")
        {
            Limits = new BudgetAmounts(Tokens: 1_000m),
            TimeZone = "Pacific/Auckland",
        });
        // Sunday in UTC, Monday of week 48 in Auckland.
        clock.MoveTo(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        var headers = Questions.Headers("one");
        headers[WebhookHeaders.Subject] = "u1";

        Assert.True(await enforced.AskAsync(headers));
        headers[WebhookHeaders.RequestId] = "two";
        Assert.False(await enforced.AskAsync(headers));
        await enforced.SettleAsync("one", 0.0001m);

        var week = (await ReadAsync(enforced, "user#u1", "2026-W48"))[new Total("W", Dimension.Tokens)];
        Assert.Equal((400m, 400m), (week.Committed, week.Settled));
        Assert.Equal("holds_in_the_way", enforced.LogOf("two", "reason"));
    }

    [Fact]
    public static async Task Every_scopes_month_is_booked_and_only_limited_ones_cost_a_write_at_admission()
    {
        using var enforced = await Enforced.StartAsync(monthlyUsd: 25m);
        var month = DateTimeOffset.UtcNow.ToString("yyyy-MM", CultureInfo.InvariantCulture);

        Assert.True(await enforced.AskAsync(Questions.Headers("one")));
        var held = await ScanAsync(enforced);
        await enforced.SettleAsync("one", 0.0001m);

        Assert.Equal([$"team#payments@{month}"], held);
        Assert.Equal(
            new[] { "client#3n4b5urk1ft4fl3mg5e62d9ado", "model#gpt-4o-mini", "org", "team#payments#model#gpt-4o-mini", "team#payments" }
                .Select(scope => $"{scope}@{month}"),
            await ScanAsync(enforced));
        var org = await ReadAsync(enforced, "org", month);
        Assert.Equal(
            [0.0001m, 400m, 1m],
            Enum.GetValues<Dimension>().Select(dimension => org[new Total("M", dimension)].Settled));
    }

    private static async Task PutAsync(Enforced enforced, BudgetFields row)
    {
        var tables = enforced.Tables;
        var budgets = new BudgetsTable(tables.Client, tables.Names, TestTables.StoreTimeout, _ => true);
        Assert.IsType<StoreResult<BudgetFields>.Done>(await budgets.PutAsync(row, default));
    }

    private static async Task<AccountTotals> ReadAsync(Enforced enforced, string scope, string period)
    {
        var account = new AccountKey(Assert.IsType<Outcome<Scope>.Ok>(Scope.Parse(scope)).Value, period);
        var read = await enforced.Accounts.ReadAsync(account, default);
        return Assert.IsType<StoreResult<AccountTotals?>.Done>(read).Value!;
    }

    private static async Task<IEnumerable<string>> ScanAsync(Enforced enforced)
    {
        var page = await enforced.Accounts.ScanAsync(null, default);
        return Assert.IsType<StoreResult<AccountPage>.Done>(page).Value.Accounts
            .Select(account => account.Account.ToString()).Order(StringComparer.Ordinal);
    }
}
