using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;

namespace AiGateway.Domain.Tests.Budgets;

/// <summary>What an operator reads about a row, what is just allowed, and what a row says against its mode's defaults.</summary>
public static class BudgetRowParserTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    private static readonly BudgetFields Month = new("team#payments", "month") { Limits = new BudgetAmounts(25m) };

    public static TheoryData<BudgetFields, string> Mistakes => new()
    {
        { Month with { Window = "Month" }, "window is none of minute, hour, day, week, month, quarter, year" },
        { Month with { Limits = BudgetAmounts.None }, "limits say nothing: name at least one of usd, tokens, requests, in_flight" },
        { Month with { Override = new BudgetAmounts(1m) }, "override_until is missing: an override ends at a time" },
        { Month with { Limits = new BudgetAmounts(-1m) }, "usd is negative" },
        { Month with { Limits = new BudgetAmounts(1_000_000_000.01m) }, "usd is more than 1000000000" },
        { Month with { Limits = new BudgetAmounts(0.0000000000001m) }, "usd has more than 12 decimals" },
        { Month with { Limits = new BudgetAmounts(Tokens: 1_000_000_000_001m) }, "tokens is more than 1000000000000" },
        { Month with { Limits = new BudgetAmounts(Requests: 0.5m) }, "requests has more than 0 decimals" },
        { Month with { Mode = "x" }, "mode is none of hard, soft, shadow" },
        { Month with { HoldMode = "x" }, "hold_mode is none of worst_case, expected" },
        { Month with { WarnPercent = [.. Enumerable.Range(1, 11)] }, "warn_percent has more than 10 numbers" },
        { Month with { WarnPercent = [50, 0] }, "warn_percent has a number that is not from 1 to 1000" },
        { Month with { WarnPercent = [1_001, 50] }, "warn_percent has a number that is not from 1 to 1000" },
        { Month with { TimeZone = "x" }, "time_zone is not an IANA time zone" },
        { Month with { FiscalYearStartMonth = 0 }, "fiscal_year_start_month is not from 1 to 12" },
        { Month with { Shards = 65 }, "shards is not from 1 to 64" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public static void A_mistake_is_told_in_a_sentence(BudgetFields fields, string what) =>
        Assert.Equal(new Problem("bad_budget", $"Budget team#payments, {fields.Window}: {what}."), ProblemOf(fields));

    [Fact]
    public static void A_scope_that_is_none_is_told_the_forms_and_echoed_at_bounded_length()
    {
        var name = new string('x', 101);

        Assert.Equal(
            $"Budget {name[..100]}, {name[..100]}: scope is not one: org, team#T, user#U, team#T#user#U, client#C, model#M, team#T#model#M or "
            + "project#P.",
            ProblemOf(new BudgetFields(name, name)).Message);
    }

    [Fact]
    public static void Of_many_mistakes_the_first_in_the_order_is_told()
    {
        var wrong = new BudgetAmounts(-1m, -1m, -1m, -1m);
        var fields = Month with
        {
            Limits = wrong, Override = wrong, OverrideUntil = Now, Mode = "x", HoldMode = "x", OnExpiry = "x", OnRetry = "x",
            WarnPercent = [0], TimeZone = "x", FiscalYearStartMonth = 0, Shards = 0,
        };
        var right = new BudgetAmounts(1m, 1m, 1m, 1m);
        (string Field, Func<BudgetFields, BudgetFields> Mend)[] order =
        [
            ("usd", row => row with { Limits = row.Limits with { Usd = 1m } }),
            ("tokens", row => row with { Limits = row.Limits with { Tokens = 1m } }),
            ("requests", row => row with { Limits = row.Limits with { Requests = 1m } }),
            ("in_flight", row => row with { Limits = right }),
            ("override_usd", row => row with { Override = right }),
            ("mode", row => row with { Mode = "hard" }),
            ("hold_mode", row => row with { HoldMode = "expected" }),
            ("on_expiry", row => row with { OnExpiry = "charge" }),
            ("on_retry", row => row with { OnRetry = "charge" }),
            ("warn_percent", row => row with { WarnPercent = [50] }),
            ("time_zone", row => row with { TimeZone = "Europe/Berlin" }),
            ("fiscal_year_start_month", row => row with { FiscalYearStartMonth = 4 }),
            ("shards", row => row with { Shards = 8 }),
        ];

        foreach (var (field, mend) in order)
        {
            Assert.Contains($": {field} ", ProblemOf(fields).Message, StringComparison.Ordinal);
            fields = mend(fields);
        }

        Assert.IsType<Outcome<BudgetRow>.Ok>(Parse(fields));
    }

    public static TheoryData<BudgetFields> JustAllowed => new()
    {
        Month with { Limits = new BudgetAmounts(1_000_000_000m, 1_000_000_000_000m, 1_000_000_000_000m, 1_000_000_000_000m) },
        Month with { Limits = new BudgetAmounts(0.000000000001m, 0m, 0m, 0m) },
        Month with { WarnPercent = [1, 1_000, 2, 3, 4, 5, 6, 7, 8, 9] },
        Month with { FiscalYearStartMonth = 12, Shards = 64 },
        Month with { FiscalYearStartMonth = 1, Shards = 1 },
    };

    [Theory]
    [MemberData(nameof(JustAllowed))]
    public static void What_is_just_within_its_bounds_is_allowed(BudgetFields fields) =>
        Assert.IsType<Outcome<BudgetRow>.Ok>(Parse(fields));

    [Fact]
    public static void What_a_row_says_counts_against_the_defaults_of_its_mode()
    {
        var row = Valid(Month with
        {
            Mode = "hard", HoldMode = "expected", OnExpiry = "release", OnRetry = "charge", WarnPercent = [90, 10, 90],
            TimeZone = "Europe/Berlin", FiscalYearStartMonth = 4, Shards = 8, ReplacesTier = true,
        });

        Assert.Equal(
            (HoldMode.Expected, ExpiryPolicy.Release, RetryPolicy.Charge), (row.HoldMode, row.OnExpiry, row.OnRetry));
        Assert.Equal([10, 90], row.WarnPercent);
        Assert.Equal(("Europe/Berlin", 4, 8, true), (row.TimeZone, row.FiscalYear.FirstMonth, row.Shards, row.ReplacesTier));
    }

    [Fact]
    public static void A_budget_keeps_all_that_its_row_says()
    {
        var row = Valid(Month with
        {
            Limits = new BudgetAmounts(25m, InFlight: 3m), FiscalYearStartMonth = 4, ReplacesTier = true,
        });
        var zone = new Decisions.FixedZone(TimeSpan.FromHours(2));

        var budget = row.BudgetAt(Now, zone);

        Assert.Equal((true, 3m, 4), (budget.ReplacesTier, budget.InFlight, budget.FiscalYear.FirstMonth));
        Assert.Same(zone, budget.Zone);
    }

    [Fact]
    public static void An_amount_that_is_named_counts_and_of_one_that_is_not_the_other()
    {
        var one = new BudgetAmounts(1m, 2m, 3m, 4m);
        var other = new BudgetAmounts(5m, 6m, 7m, 8m);

        Assert.Equal(one, one.Or(other));
        Assert.Equal(other, BudgetAmounts.None.Or(other));
    }

    private static Outcome<BudgetRow> Parse(BudgetFields fields) =>
        BudgetRowParser.Parse(fields, zone => zone is "Europe/Berlin" or "Etc/UTC");

    private static BudgetRow Valid(BudgetFields fields) => Assert.IsType<Outcome<BudgetRow>.Ok>(Parse(fields)).Value;

    private static Problem ProblemOf(BudgetFields fields) => Assert.IsType<Outcome<BudgetRow>.Failed>(Parse(fields)).Problem;
}
