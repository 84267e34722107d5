using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Lambda;
using AiGateway.Lambda.Identity;

namespace CostAttribution;

/// <summary>
/// Everything that is configured, read once before the first event; every mistake is reported together.
/// </summary>
/// <param name="Store">How the tables are reached.</param>
/// <param name="Rules">The limits of teams without a budget, which alerts are about too.</param>
/// <param name="Oidc">Null: the deployment does not say that an ALB sets <c>oidc_data</c>.</param>
/// <param name="Margin">How long before Lambda's end a batch is given up.</param>
internal sealed record Settings(StoreSettings Store, PolicyRules Rules, OidcSettings? Oidc, TimeSpan Margin)
{
    /// <exception cref="SettingsException">Lists everything that is missing or wrong.</exception>
    public static Settings Read(EnvironmentReader env)
    {
        var store = StoreSettings.Read(env);
        var settings = new Settings(
            store,
            new PolicyRules(
                TierSettings.Read(env),
                env.Choice<ExpiryPolicy>(
                    "ON_EXPIRY",
                    ExpiryPolicy.Charge,
                    ("charge", ExpiryPolicy.Charge),
                    ("release", ExpiryPolicy.Release)),
                ExpectedExternalTokens: 0),
            OidcSettings.Read(env, store.Region),
            env.Milliseconds("DEADLINE_MARGIN_MS", 0, 10_000, otherwise: 500));
        var function = env.Milliseconds("FUNCTION_TIMEOUT_MS", 1, 900_000);
        env.Require(store.Timeout < function, "STORE_TIMEOUT_MS must be less than FUNCTION_TIMEOUT_MS");
        env.Require(settings.Margin < function, "DEADLINE_MARGIN_MS must be less than FUNCTION_TIMEOUT_MS");
        env.ThrowIfInvalid();
        return settings;
    }
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
    public static StoreSettings Read(EnvironmentReader env) => new(
        env.Text("AWS_REGION"),
        env.OptionalUri("DYNAMODB_ENDPOINT"),
        env.Text("TABLE_PREFIX"),
        env.Milliseconds("STORE_TIMEOUT_MS", 1, 60_000),
        TimeSpan.FromSeconds(env.Integer("CONFIGURATION_CACHE_SECONDS", 0, 60, otherwise: 60)));
}

/// <summary>How <c>oidc_data</c> is believed.</summary>
/// <param name="SignerArn">The load balancer that must have signed it; null: its signature is not checked.</param>
/// <param name="Keys">Where its public keys are.</param>
internal sealed record OidcSettings(string? SignerArn, Uri Keys)
{
    public static OidcSettings? Read(EnvironmentReader env, string region)
    {
        var signer = env.OptionalText("OIDC_DATA_SIGNER_ARN");
        var keys = env.OptionalUri("OIDC_DATA_KEYS_URL");
        return env.Boolean("OIDC_DATA_TRUSTED", otherwise: false)
            ? new OidcSettings(signer, keys ?? AlbPublicKeys.EndpointOf(region.Length > 0 ? region : "us-east-1"))
            : null;
    }
}
