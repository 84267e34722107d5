using AiGateway.Aws;
using AiGateway.Local.DynamoDb;

namespace AiGateway.Tests.Support;

/// <summary>
/// One DynamoDB Local for the test run of an assembly, started by the first test that needs it and ended with the
/// process. Each test takes
/// tables of its own, so that tests run side by side.
/// </summary>
public static class LocalDatabase
{
    private static readonly Lazy<Task<DynamoDbLocal>> Shared =
        new(() => DynamoDbLocal.UseOrStartAsync(CancellationToken.None));

    private static long prefixes;

    /// <summary>Where it answers: what a function under test is given as <c>DYNAMODB_ENDPOINT</c>.</summary>
    public static async Task<Uri> EndpointAsync() => (await Shared.Value).Endpoint;

    /// <summary>Tables under a prefix of their own. No tables named: all of them.</summary>
    public static Task<TestTables> CreateTablesAsync(params TableDefinition[] tables) =>
        CreateTablesAsync(new DynamoCallLog(), tables);

    /// <summary>
    /// The same, with a log of every call that the tables' client makes (creating the tables included: clear it).
    /// </summary>
    public static async Task<TestTables> CreateTablesAsync(IDynamoObserver observer, params TableDefinition[] tables)
    {
        var endpoint = await EndpointAsync();
        var names = new TableNames($"t{Environment.ProcessId}-{Interlocked.Increment(ref prefixes)}-");
        var client = Client(endpoint, TestTables.StoreTimeout, observer);
        await LocalTables.CreateAsync(endpoint, names, tables.Length == 0 ? TableDefinitions.All : tables, default);
        return new TestTables(endpoint, names, client);
    }

    /// <summary>A client as the functions compose it, with credentials that DynamoDB Local takes.</summary>
    public static DynamoClient Client(Uri endpoint, TimeSpan storeTimeout, IDynamoObserver? observer = null) =>
        DynamoClient.Create(
            new DynamoSettings(TestTables.Region, endpoint, storeTimeout),
            DynamoCredentials.Local,
            observer ?? new DynamoCallLog());
}
