using AiGateway.Aws;
using AiGateway.Local.DynamoDb;
using Amazon.DynamoDBv2;

namespace AiGateway.Tests.Support;

/// <summary>
/// The tables of one test, and a client for them. They go with the database's process: it keeps them in memory.
/// </summary>
public sealed record TestTables(Uri Endpoint, TableNames Names, DynamoClient Client) : IDisposable
{
    public const string Region = "eu-central-1";

    /// <summary>Generous: two cores run many tests at once. Tests of time-outs choose their own.</summary>
    public static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(60);

    private readonly Lazy<AmazonDynamoDBClient> sdk = new(() => LocalTables.Sdk(Endpoint));

    /// <summary>AWS's own client on the same tables: a witness that shares no code with ours.</summary>
    public AmazonDynamoDBClient Sdk => sdk.Value;

    public void Dispose()
    {
        Client.Dispose();
        if (sdk.IsValueCreated)
        {
            sdk.Value.Dispose();
        }
    }
}
