using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Tests.Decisions;

public static class BudgetPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 23, 45, TimeSpan.Zero);

    // 14:23 of that day, in minutes since 1970.
    private const string Minute = "htbbz";

    private static readonly PolicyRules Rules = new(TierTable.Default, ExpiryPolicy.Charge, ExpectedExternalTokens: 50);

    private static readonly CallPrice Price = new(
        "row", 1m, 2m, 3m, 5m, 0m, ContextWindow: 1_000, MaxOutputTokens: 100, HasOutput: true, IsFree: false);

    private static readonly GuardedCall Call = new("openai", "gpt", 10, false, 7, 1, null, true);

    [Theory]
    [InlineData("sandbox", "25", "20", "100000")]
    [InlineData("standard", "100", "100", "500000")]
    [InlineData("high", "1000", "500", "5000000")]
    [InlineData("unlimited", "10000", "2000", null)]
    [InlineData("platinum", "25", "20", "100000")]
    [InlineData(null, "25", "20", "100000")]
    public static void A_team_without_a_budget_has_its_tiers_limits_and_an_unknown_tier_the_default_ones(
        string? tier, string usd, string requests, string? tokens)
    {
        var limits = Reserve(Input(tier: tier)).Limits;

        string?[] all = [$"M Usd {usd}", $"n{Minute} Requests {requests}", tokens is null ? null : $"d21 Tokens {tokens}"];
        Assert.Equal(
            all.OfType<string>(),
            limits.Select(limit => $"{limit.Total.Window} {limit.Total.Dimension} {new Usd(limit.Amount)}"));
        Assert.All(limits, limit => Assert.Equal("team#payments@2026-11", limit.Account.ToString()));
        Assert.All(limits, limit => Assert.Equal(BudgetMode.Hard, limit.Mode));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), limits[0].ResetsAt);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 14, 24, 0, TimeSpan.Zero), limits[1].ResetsAt);
    }

    [Fact]
    public static void A_budget_of_its_own_takes_the_place_of_the_tier()
    {
        var plan = Reserve(Input(tier: "unlimited", budgets: Monthly(3m)));

        Assert.Equal(3m, Assert.Single(plan.Limits).Amount);
    }

    [Fact]
    public static void A_budget_of_another_window_leaves_the_tiers_month_unless_it_replaces_the_tier()
    {
        var daily = Monthly(3m) with { Window = Window.Day, ReplacesTier = false };

        var beside = Reserve(Input(tier: "standard", budgets: daily)).Limits;
        var instead = Reserve(Input(tier: "standard", budgets: daily with { ReplacesTier = true })).Limits;

        Assert.Equal([("d21", 3m), ("M", 100m), ($"n{Minute}", 100m)], beside.Select(limit => (limit.Total.Window, limit.Amount)));
        Assert.Equal([("d21", 3m)], instead.Select(limit => (limit.Total.Window, limit.Amount)));
    }

    [Fact]
    public static void Another_teams_budget_does_not_count()
    {
        var other = Monthly(3m) with { Scope = Scope.Team(Part("search")) };

        Assert.Equal(25m, Reserve(Input(tier: "sandbox", budgets: other)).Limits[0].Amount);
    }

    [Fact]
    public static void Those_without_a_team_share_the_default_tier_on_a_scope_of_their_own()
    {
        var caller = CallerResolution.Resolve(CallerClaims.None with { Tier = "unlimited" }, CallerDirectory.Empty);

        var limit = Reserve(Input() with { Caller = caller }).Limits[0];

        Assert.Equal("team#unattributed@2026-11", limit.Account.ToString());
        Assert.Equal(25m, limit.Amount);
    }

    [Fact]
    public static void The_hold_stands_in_the_months_total_and_in_the_bucket_of_its_five_minutes()
    {
        var plan = Reserve(Input());

        Assert.Equal("55", plan.Hold.Amount.ToString());
        Assert.Equal(plan.Hold.Amount, plan.Attempt.Hold);
        Assert.Equal(HoldBucket.Containing(Now), plan.Attempt.Bucket);
        Assert.Equal(Now, plan.Attempt.AdmittedAt);
        Assert.Equal("attempt-1", plan.Attempt.Id);
        var hold = TeamHold(plan);
        Assert.Equal("team#payments@2026-11", hold.Account.ToString());
        Assert.Equal(
            [
                new TotalAmount(new Total("M", Dimension.Usd), 55m),
                new TotalAmount(new Total($"n{Minute}", Dimension.Requests), 1m),
                new TotalAmount(new Total("d21", Dimension.Tokens), 17m),
                new TotalAmount(new Total("M", Dimension.Tokens), 0m),
                new TotalAmount(new Total("M", Dimension.Requests), 0m),
            ],
            hold.Amounts);
    }

    [Theory]
    [InlineData("2026-11-30T23:59:59.9999999Z", "2026-11")]
    [InlineData("2026-12-01T00:00:00Z", "2026-12")]
    [InlineData("2026-12-31T23:59:59Z", "2026-12")]
    [InlineData("2027-01-01T00:00:00Z", "2027-01")]
    [InlineData("2026-12-01T00:30:00+01:00", "2026-11")]
    public static void The_period_is_the_calendar_month_in_utc_at_the_admission(string now, string period)
    {
        var at = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);

        var plan = Reserve(Input() with { Now = at });

        Assert.Equal(period, TeamHold(plan).Account.Period);
        Assert.Equal(period, plan.Limits[0].Account.Period);
        Assert.True(plan.Limits[0].ResetsAt > at);
    }

    [Fact]
    public static void Limits_of_other_windows_and_dimensions_hold_tokens_and_requests()
    {
        var day = Budget.Of(
            Scope.Team(Part("payments")),
            Window.Day,
            BudgetMode.Hard,
            new LimitAmount(Dimension.Tokens, 1_000m),
            new LimitAmount(Dimension.Requests, 20m));

        var plan = Reserve(Input(budgets: [day, Monthly(30m)]));

        var hold = TeamHold(plan);
        Assert.Equal(
            [
                new TotalAmount(new Total("d21", Dimension.Tokens), 17m),
                new TotalAmount(new Total("d21", Dimension.Requests), 1m),
                new TotalAmount(new Total("M", Dimension.Usd), 55m),
                new TotalAmount(new Total("M", Dimension.Tokens), 0m),
                new TotalAmount(new Total("M", Dimension.Requests), 0m),
            ],
            hold.Amounts);
    }

    [Fact]
    public static void A_free_model_passes_every_limit_of_money_and_no_other()
    {
        var requests = Budget.Of(
            Scope.Team(Part("payments")), Window.Day, BudgetMode.Hard, new LimitAmount(Dimension.Requests, 20m));

        var plan = Reserve(Input(budgets: [requests, Monthly(0m)]) with { Price = Price with { IsFree = true } });

        Assert.Equal(Dimension.Requests, Assert.Single(plan.Limits).Total.Dimension);
        Assert.Equal(Usd.Zero, plan.Attempt.Hold);
    }

    [Fact]
    public static void A_free_model_still_names_the_account_that_it_is_booked_on()
    {
        var plan = Reserve(Input(budgets: Monthly(0m)) with { Price = Price with { IsFree = true } });

        Assert.Empty(plan.Limits);
        Assert.Equal(
            Enum.GetValues<Dimension>().Select(dimension => new TotalAmount(new Total("M", dimension), 0m)),
            TeamHold(plan).Amounts);
    }

    [Fact]
    public static void A_budget_of_zero_is_a_limit_and_not_none()
    {
        Assert.Equal(0m, Assert.Single(Reserve(Input(budgets: Monthly(0m))).Limits).Amount);
    }

    [Fact]
    public static void The_worst_case_is_held_unless_every_budget_is_content_with_less()
    {
        var expected = Monthly(30m) with { Hold = HoldMode.Expected };
        var strict = Monthly(30m) with { Window = Window.Year };

        Assert.Equal(HoldMode.Expected, Reserve(Input(budgets: expected)).Hold.Bounds.Mode);
        Assert.Equal(HoldMode.WorstCase, Reserve(Input(budgets: [expected, strict])).Hold.Bounds.Mode);
    }

    [Fact]
    public static void What_expires_and_what_is_dropped_is_charged_where_any_budget_says_so()
    {
        var lenient = Monthly(30m) with { OnExpiry = ExpiryPolicy.Release };
        var charging = lenient with { OnExpiry = ExpiryPolicy.Charge, OnRetry = RetryPolicy.Charge, Window = Window.Year };

        var released = Reserve(Input(budgets: lenient)).Attempt;
        var charged = Reserve(Input(budgets: [lenient, charging])).Attempt;

        Assert.Equal((ExpiryPolicy.Release, RetryPolicy.Release), (released.OnExpiry, released.OnRetry));
        Assert.Equal((ExpiryPolicy.Charge, RetryPolicy.Charge), (charged.OnExpiry, charged.OnRetry));
    }

    [Fact]
    public static void Refusals_come_in_their_order()
    {
        var denied = Input() with
        {
            Caller = Input().Caller with { IsDenied = true },
            Price = new Problem("price_unknown", "no row"),
        };
        var unknown = Input() with { Price = new Problem("price_unknown", "no row") };
        var unbounded = Input() with
        {
            Call = Call with { MaxTokens = 0 },
            Price = Price with { MaxOutputTokens = null },
        };

        Assert.Equal(new Refusal(RefusalKind.ClientDenied, "This client has been revoked."), Refusal(denied));
        Assert.Equal(RefusalKind.UnknownPrice, Refusal(unknown).Kind);
        Assert.Equal(
            "No price is known for the model gpt of openai, so its cost can't be bounded. Use another model, or ask the operator to add "
            + "its price.",
            Refusal(unknown).Message);
        Assert.Contains("gpt of any provider", Refusal(unknown with { Label = unknown.Label with { Provider = null } }).Message, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.NotBounded, Refusal(unbounded).Kind);
    }

    [Theory]
    [InlineData(BudgetMode.Hard, Dimension.Tokens, true)]
    [InlineData(BudgetMode.Soft, Dimension.Tokens, false)]
    [InlineData(BudgetMode.Hard, Dimension.Requests, false)]
    public static void Only_a_hard_limit_of_tokens_asks_for_the_size_of_a_free_call(
        BudgetMode mode, Dimension dimension, bool isRefused)
    {
        var only = Budget.Of(Scope.Team(Part("payments")), Window.Day, mode, new LimitAmount(dimension, 50m)) with { ReplacesTier = true };
        var free = Input(budgets: only) with
        {
            Call = Call with { MaxTokens = 0 },
            Price = Price with { IsFree = true, MaxOutputTokens = null },
        };

        Assert.Equal(isRefused, BudgetPolicy.Decide(free, Rules) is PolicyDecision.Refuse { Refusal.Kind: RefusalKind.NotBounded });
    }

    private static PolicyInput Input(string? tier = null, params IReadOnlyList<Budget> budgets) => new(
        "attempt-1",
        Now,
        CallerResolution.Resolve(CallerClaims.None with { Team = "payments", Tier = tier }, CallerDirectory.Empty),
        Call,
        CallLabel.Of("openai", "gpt", "/v1/chat/completions", null, false),
        Price,
        budgets);

    private static Budget Monthly(decimal usd) => Budget.Of(
        Scope.Team(Part("payments")), Window.Month, BudgetMode.Hard, new LimitAmount(Dimension.Usd, usd)) with
    {
        ReplacesTier = true,
    };

    private static AccountHold TeamHold(PolicyDecision.Reserve plan) =>
        Assert.Single(plan.Attempt.Holds, hold => hold.Account.Scope == Scope.Team(Part("payments")));

    private static ScopePart Part(string text) => Assert.IsType<Outcome<ScopePart>.Ok>(ScopePart.Parse(text)).Value;

    private static PolicyDecision.Reserve Reserve(PolicyInput input) =>
        Assert.IsType<PolicyDecision.Reserve>(BudgetPolicy.Decide(input, Rules));

    private static Refusal Refusal(PolicyInput input) =>
        Assert.IsType<PolicyDecision.Refuse>(BudgetPolicy.Decide(input, Rules)).Refusal;
}
