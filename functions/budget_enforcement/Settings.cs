using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Lambda;
using BudgetEnforcement.Decide;
using BudgetEnforcement.Reply;

namespace BudgetEnforcement;

/// <summary>Everything that is configured, read once before the first event; every mistake is reported
/// together.</summary>
internal sealed record Settings(
    StoreSettings Store,
    HandlerTimes Times,
    EnforcementRules Rules,
    ReplyStatuses Statuses)
{
    private static readonly Usd AllowanceMost = new(1_000_000m);

    /// <exception cref="SettingsException">Lists everything that is missing or wrong.</exception>
    public static Settings Read(EnvironmentReader env)
    {
        var storeTimeout = env.Milliseconds("STORE_TIMEOUT_MS", 1, 60_000);
        var settings = new Settings(
            StoreSettings.Read(env, storeTimeout), ReadTimes(env, storeTimeout), ReadRules(env), ReadStatuses(env));
        env.ThrowIfInvalid();
        return settings;
    }

    private static HandlerTimes ReadTimes(EnvironmentReader env, TimeSpan store)
    {
        var webhook = env.Milliseconds("WEBHOOK_TIMEOUT_MS", 1, 60_000);
        var function = env.Milliseconds("FUNCTION_TIMEOUT_MS", 1, 900_000);
        var margin = env.Milliseconds("DEADLINE_MARGIN_MS", 0, 10_000, otherwise: 50);
        env.Require(store < webhook, "STORE_TIMEOUT_MS must be less than WEBHOOK_TIMEOUT_MS");
        env.Require(webhook < function, "WEBHOOK_TIMEOUT_MS must be less than FUNCTION_TIMEOUT_MS");
        env.Require(margin < webhook, "DEADLINE_MARGIN_MS must be less than WEBHOOK_TIMEOUT_MS");
        return new HandlerTimes(webhook, margin);
    }

    private static EnforcementRules ReadRules(EnvironmentReader env)
    {
        var hard = Outage(env, "OUTAGE", OutageAction.Deny);
        var soft = Outage(env, "OUTAGE_SOFT", OutageAction.Allow);
        var usesAllowance = hard == OutageAction.Allowance || soft == OutageAction.Allowance;
        return new EnforcementRules(
            new PolicyRules(
                TierSettings.Read(env),
                env.Choice<ExpiryPolicy>(
                    "ON_EXPIRY", ExpiryPolicy.Charge, ("charge", ExpiryPolicy.Charge), ("release", ExpiryPolicy.Release)),
                env.Integer("EXPECTED_EXTERNAL_TOKENS", 0, 10_000_000, otherwise: 2_000)),
            env.Choice<UnknownPricePolicy>(
                "UNKNOWN_PRICE",
                UnknownPricePolicy.Reject,
                ("reject", UnknownPricePolicy.Reject),
                ("assume", UnknownPricePolicy.Assume)),
            new OutageRules(hard, soft),
            // Where it is used there is no default: it is the operator's money.
            env.Usd("OUTAGE_ALLOWANCE_USD", Usd.Zero, AllowanceMost, usesAllowance ? null : Usd.Zero),
            TimeSpan.FromSeconds(env.Integer("DENY_CACHE_SECONDS", 0, 60, otherwise: 60)));
    }

    private static OutageAction Outage(EnvironmentReader env, string name, OutageAction otherwise) =>
        env.Choice<OutageAction>(
            name,
            otherwise,
            ("deny", OutageAction.Deny),
            ("allowance", OutageAction.Allowance),
            ("allow", OutageAction.Allow));

    // Below 400 the client would take a refusal for an answer; from 500 on the gateway would take it for an outage.
    private static ReplyStatuses ReadStatuses(EnvironmentReader env) => new(
        (int)env.Integer("BUDGET_EXHAUSTED_STATUS", 400, 499, otherwise: 402),
        (int)env.Integer("RATE_LIMITED_STATUS", 400, 499, otherwise: 429));
}

/// <summary>How the tables are reached.</summary>
/// <param name="Region">Lambda sets <c>AWS_REGION</c>.</param>
/// <param name="Endpoint">DynamoDB Local, for instance; null: AWS's.</param>
/// <param name="TablePrefix">What the tables' names start with; there is no default (T72).</param>
/// <param name="Timeout">For one call.</param>
/// <param name="ConfigurationKept">How long what was read about budgets, teams, clients and prices is used.</param>
internal sealed record StoreSettings(
    string Region, Uri? Endpoint, string TablePrefix, TimeSpan Timeout, TimeSpan ConfigurationKept)
{
    public static StoreSettings Read(EnvironmentReader env, TimeSpan timeout) => new(
        env.Text("AWS_REGION"),
        env.OptionalUri("DYNAMODB_ENDPOINT"),
        env.Text("TABLE_PREFIX"),
        timeout,
        TimeSpan.FromSeconds(env.Integer("CONFIGURATION_CACHE_SECONDS", 0, 60, otherwise: 60)));
}
