using AiGateway.Engine;
using AiGateway.Lambda;

namespace Sweep;

/// <summary>
/// Everything that is configured, read once before the first event; every mistake is reported together.
/// </summary>
/// <param name="Store">How the tables are reached.</param>
/// <param name="Options">When holds expire.</param>
/// <param name="Margin">How long before Lambda's end the work is left to the next invocation.</param>
internal sealed record Settings(StoreSettings Store, SweepOptions Options, TimeSpan Margin)
{
    /// <exception cref="SettingsException">Lists everything that is missing or wrong.</exception>
    public static Settings Read(EnvironmentReader env)
    {
        var timeToLive = TimeSpan.FromMinutes(env.Integer("HOLD_TIME_TO_LIVE_MINUTES", 30, 1_440, otherwise: 30));
        var settings = new Settings(
            StoreSettings.Read(env),
            SweepOptions.Default with { TimeToLive = timeToLive },
            env.Milliseconds("DEADLINE_MARGIN_MS", 0, 60_000, otherwise: 5_000));
        var function = env.Milliseconds("FUNCTION_TIMEOUT_MS", 1, 900_000);
        env.Require(settings.Store.Timeout < function, "STORE_TIMEOUT_MS must be less than FUNCTION_TIMEOUT_MS");
        env.Require(
            settings.Margin + settings.Options.Confirmation + settings.Options.Confirmation <= function,
            "FUNCTION_TIMEOUT_MS must be at least two minutes more than DEADLINE_MARGIN_MS: a sweep looks at the index "
            + "until it showed nothing open for a minute");
        env.ThrowIfInvalid();
        return settings;
    }
}

/// <summary>How the tables are reached.</summary>
/// <param name="Region">Lambda sets <c>AWS_REGION</c>.</param>
/// <param name="Endpoint">DynamoDB Local, for instance; null: AWS's.</param>
/// <param name="TablePrefix">What the tables' names start with; there is no default (T72).</param>
/// <param name="Timeout">For one call.</param>
internal sealed record StoreSettings(string Region, Uri? Endpoint, string TablePrefix, TimeSpan Timeout)
{
    public static StoreSettings Read(EnvironmentReader env) => new(
        env.Text("AWS_REGION"),
        env.OptionalUri("DYNAMODB_ENDPOINT"),
        env.Text("TABLE_PREFIX"),
        env.Milliseconds("STORE_TIMEOUT_MS", 1, 60_000));
}
