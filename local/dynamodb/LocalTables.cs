using AiGateway.Aws;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace AiGateway.Local.DynamoDb;

/// <summary>Creates the tables from the definitions. DynamoDB Local has them at once; a stream that nobody reads is left out.</summary>
public static class LocalTables
{
    /// <summary>Creates those of <paramref name="tables"/> that do not exist yet.</summary>
    public static async Task CreateAsync(
        Uri endpoint, TableNames names, IEnumerable<TableDefinition> tables, CancellationToken stop)
    {
        using var dynamo = Sdk(endpoint);
        foreach (var table in tables)
        {
            try
            {
                await dynamo.CreateTableAsync(Request(names.Of(table), table), stop);
            }
            catch (ResourceInUseException)
            {
                // It exists: whoever runs the stack twice on one endpoint wants the tables that stand.
            }
        }
    }

    public static Task CreateAllAsync(Uri endpoint, TableNames names, CancellationToken stop) =>
        CreateAsync(endpoint, names, TableDefinitions.All, stop);

    /// <summary>AWS's own client: creates tables, and witnesses in tests what ours reads and writes.</summary>
    public static AmazonDynamoDBClient Sdk(Uri endpoint) => new(
        new BasicAWSCredentials("local", "local"),
        new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "eu-central-1" });

    private static CreateTableRequest Request(string name, TableDefinition table) => new()
    {
        TableName = name,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        KeySchema = Schema(table.Hash, table.Range),
        AttributeDefinitions = Attributes(table),
        GlobalSecondaryIndexes = table.Indexes.Count == 0 ? null : [.. table.Indexes.Select(Index)],
    };

    private static GlobalSecondaryIndex Index(IndexDefinition index) => new()
    {
        IndexName = index.Name,
        KeySchema = Schema(index.Hash, index.Range),
        Projection = index.Projected.Count == 0
            ? new Projection { ProjectionType = ProjectionType.KEYS_ONLY }
            : new Projection { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = [.. index.Projected] },
    };

    private static List<KeySchemaElement> Schema(KeyAttribute hash, KeyAttribute? range)
    {
        List<KeySchemaElement> schema = [new KeySchemaElement(hash.Name, Amazon.DynamoDBv2.KeyType.HASH)];
        if (range is not null)
        {
            schema.Add(new KeySchemaElement(range.Name, Amazon.DynamoDBv2.KeyType.RANGE));
        }

        return schema;
    }

    private static List<AttributeDefinition> Attributes(TableDefinition table) =>
        [.. table.Indexes
            .SelectMany(index => new[] { index.Hash, index.Range })
            .Prepend(table.Range)
            .Prepend(table.Hash)
            .OfType<KeyAttribute>()
            .Distinct()
            .Select(key => new AttributeDefinition(key.Name, key.Type.ToString()))];
}
