using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace AiGateway.Aws;

/// <summary>How the database is reached.</summary>
/// <param name="Region">The deployment's region; always given, so that no lookup of the machine's happens.</param>
/// <param name="Endpoint">Another endpoint than the region's, as for DynamoDB Local; null: the region's.</param>
/// <param name="StoreTimeout">How long one call may take. Less than the webhook's time-out (design.md, section
/// 5).</param>
public sealed record DynamoSettings(string Region, Uri? Endpoint, TimeSpan StoreTimeout);

/// <summary>
/// Composes the SDK's client: no retries of its own, because reserve's writes are additions and must not be repeated
/// blindly.
/// </summary>
public static class DynamoClient
{
    /// <summary>Credentials come from the environment, as Lambda gives them.</summary>
    public static AmazonDynamoDBClient Create(DynamoSettings settings) => new(Config(settings));

    /// <summary>With given credentials: DynamoDB Local takes any.</summary>
    public static AmazonDynamoDBClient Create(DynamoSettings settings, AWSCredentials credentials) =>
        new(credentials, Config(settings));

    /// <summary>With an observer of every request, for tests and for the local stack.</summary>
    public static AmazonDynamoDBClient Create(
        DynamoSettings settings, AWSCredentials credentials, IDynamoObserver observer) =>
        new ObservedDynamoDbClient(credentials, Config(settings), observer);

    private static AmazonDynamoDBConfig Config(DynamoSettings settings)
    {
        var config = new AmazonDynamoDBConfig
        {
            MaxErrorRetry = 0,
            // Ten by default, counted apart, for any reset: also for one that came after the write was applied.
            MaxStaleConnectionRetries = 0,
            // The stores' own time-out ends a call; this one only bounds what they forget.
            Timeout = settings.StoreTimeout * 2,
            ConnectTimeout = settings.StoreTimeout,
            AllowAutoRedirect = false,
            DisableLogging = true,
        };
        if (settings.Endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        }
        else
        {
            config.ServiceURL = settings.Endpoint.ToString();
            config.AuthenticationRegion = settings.Region;
        }

        return config;
    }
}
