using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Lambda;
using BudgetEnforcement.Decide;

namespace BudgetEnforcement.Tests;

public static class SettingsTests
{
    [Fact]
    public static void Reads_what_must_be_set_and_defaults_the_rest()
    {
        var settings = Read();

        Assert.Equal("aigateway-test-", settings.Store.TablePrefix);
        Assert.Null(settings.Store.Endpoint);
        Assert.Equal(TimeSpan.FromMilliseconds(500), settings.Store.Timeout);
        Assert.Equal(TimeSpan.FromMilliseconds(2_000), settings.Times.WebhookTimeout);
        Assert.Equal((402, 429), (settings.Statuses.BudgetExhausted, settings.Statuses.RateLimited));
        Assert.Equal(new OutageRules(OutageAction.Deny, OutageAction.Allow), settings.Rules.Outage);
        Assert.Equal(UnknownPricePolicy.Reject, settings.Rules.UnknownPrice);
        Assert.Equal(ExpiryPolicy.Charge, settings.Rules.Policy.TierExpiry);
        Assert.Equal("sandbox", settings.Rules.Policy.Tiers.DefaultTier);
        Assert.Equal(25m, settings.Rules.Policy.Tiers.Tiers["sandbox"][0].Amount);
    }

    [Fact]
    public static void Tiers_can_be_changed_and_added()
    {
        var tiers = Read(("TIER_MONTHLY_USD", "sandbox=0, gold=5000.50"), ("DEFAULT_TIER", "gold")).Rules.Policy.Tiers;

        Assert.Equal(0m, tiers.Tiers["sandbox"][0].Amount);
        Assert.Equal(5000.50m, tiers.Tiers["gold"][0].Amount);
        Assert.Equal(100m, tiers.Tiers["standard"][0].Amount);
        Assert.Equal("gold", tiers.DefaultTier);
        Assert.Equal(3, tiers.Tiers["sandbox"].Count);
        Assert.Single(tiers.Tiers["gold"]);
    }

    [Fact]
    public static void A_tier_says_requests_a_minute_tokens_a_day_and_dollars_a_month_or_none_of_them()
    {
        var tiers = Read(
            ("TIER_LIMITS", "sandbox=5/1000/2.50, gold=500/-/5000,free=-/-/-"), ("TIER_MONTHLY_USD", "gold=7")).Rules.Policy.Tiers;

        Assert.Equal(["Month Usd 2.50", "Minute Requests 5", "Day Tokens 1000"], Texts("sandbox"));
        Assert.Equal(["Month Usd 7", "Minute Requests 500"], Texts("gold"));
        Assert.Empty(Texts("free"));
        Assert.Equal(3, tiers.Tiers["standard"].Count);

        IEnumerable<string> Texts(string tier) =>
            tiers.Tiers[tier].Select(limit => $"{limit.Window} {limit.Dimension} {limit.Amount}");
    }

    [Theory]
    [InlineData("TABLE_PREFIX", "")]
    [InlineData("AWS_REGION", "")]
    [InlineData("STORE_TIMEOUT_MS", "")]
    [InlineData("STORE_TIMEOUT_MS", "0")]
    [InlineData("STORE_TIMEOUT_MS", "half a second")]
    [InlineData("STORE_TIMEOUT_MS", "2000")]
    [InlineData("WEBHOOK_TIMEOUT_MS", "")]
    [InlineData("WEBHOOK_TIMEOUT_MS", "5000")]
    [InlineData("FUNCTION_TIMEOUT_MS", "")]
    [InlineData("FUNCTION_TIMEOUT_MS", "1999")]
    [InlineData("DEADLINE_MARGIN_MS", "2000")]
    [InlineData("DYNAMODB_ENDPOINT", "localhost:8000")]
    [InlineData("BUDGET_EXHAUSTED_STATUS", "399")]
    [InlineData("BUDGET_EXHAUSTED_STATUS", "500")]
    [InlineData("BUDGET_EXHAUSTED_STATUS", "200")]
    [InlineData("RATE_LIMITED_STATUS", "503")]
    [InlineData("RATE_LIMITED_STATUS", "four hundred")]
    [InlineData("OUTAGE", "Deny")]
    [InlineData("OUTAGE", "allowance")]
    [InlineData("OUTAGE_SOFT", "perhaps")]
    [InlineData("OUTAGE_ALLOWANCE_USD", "-1")]
    [InlineData("OUTAGE_ALLOWANCE_USD", "1e3")]
    [InlineData("UNKNOWN_PRICE", "free")]
    [InlineData("ON_EXPIRY", "keep")]
    [InlineData("DEFAULT_TIER", "platinum")]
    [InlineData("TIER_MONTHLY_USD", "sandbox")]
    [InlineData("TIER_MONTHLY_USD", "sandbox=-1")]
    [InlineData("TIER_MONTHLY_USD", "=5")]
    [InlineData("TIER_MONTHLY_USD", "sandbox=1e3")]
    [InlineData("TIER_LIMITS", "sandbox")]
    [InlineData("TIER_LIMITS", "sandbox=20/100000")]
    [InlineData("TIER_LIMITS", "=20/100000/25")]
    [InlineData("TIER_LIMITS", "sandbox=-20/100000/25")]
    [InlineData("TIER_LIMITS", "sandbox=20/1.5/25")]
    [InlineData("TIER_LIMITS", "sandbox=20/100000/25e3")]
    [InlineData("TIER_LIMITS", "sandbox=20//25")]
    [InlineData("DENY_CACHE_SECONDS", "61")]
    [InlineData("CONFIGURATION_CACHE_SECONDS", "61")]
    [InlineData("EXPECTED_EXTERNAL_TOKENS", "-1")]
    public static void Refuses_a_setting_that_is_missing_or_wrong_and_names_it(string name, string value)
    {
        var mistakes = Assert.Throws<SettingsException>(() => Read((name, value))).Mistakes;

        Assert.Contains(mistakes, mistake => mistake.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public static void Reports_every_mistake_together()
    {
        var mistakes = Assert.Throws<SettingsException>(() => Read(
            ("TABLE_PREFIX", ""), ("STORE_TIMEOUT_MS", "x"), ("OUTAGE", "x"), ("RATE_LIMITED_STATUS", "1"))).Mistakes;

        Assert.Equal(4, mistakes.Count);
    }

    [Fact]
    public static void An_allowance_is_asked_for_only_where_it_is_used()
    {
        var rules = Read(("OUTAGE", "allowance"), ("OUTAGE_ALLOWANCE_USD", "2.50")).Rules;

        Assert.Equal(new Usd(2.5m), rules.AllowancePerMinute);
        Assert.Equal(OutageAction.Allowance, rules.Outage.Hard);
    }

    internal static Dictionary<string, string> Valid() => new()
    {
        ["AWS_REGION"] = "eu-central-1",
        ["TABLE_PREFIX"] = "aigateway-test-",
        ["STORE_TIMEOUT_MS"] = "500",
        ["WEBHOOK_TIMEOUT_MS"] = "2000",
        ["FUNCTION_TIMEOUT_MS"] = "5000",
    };

    private static Settings Read(params (string Name, string Value)[] changes)
    {
        var variables = Valid();
        foreach (var (name, value) in changes)
        {
            variables[name] = value;
        }

        return Settings.Read(new EnvironmentReader(variables.GetValueOrDefault));
    }
}
