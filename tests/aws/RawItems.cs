using AiGateway.Tests.Support;
using Sdk = Amazon.DynamoDBv2.Model;

namespace AiGateway.Aws.Tests;

/// <summary>Writes and reads items by AWS's own client, so that what ours reads and writes has a witness.</summary>
internal static class RawItems
{
    public static Task PutRawAsync(this TestTables tables, string table, Dictionary<string, AttributeValue> item) =>
        tables.Sdk.PutItemAsync(table, item.ToDictionary(pair => pair.Key, pair => ToSdk(pair.Value)));

    /// <summary>Null: there is none.</summary>
    public static async Task<Dictionary<string, AttributeValue>?> ReadRawAsync(
        this TestTables tables, string table, Dictionary<string, AttributeValue> key)
    {
        var read = await tables.Sdk.GetItemAsync(table, key.ToDictionary(pair => pair.Key, pair => ToSdk(pair.Value)), true);
        return read.Item?.ToDictionary(pair => pair.Key, pair => OfSdk(pair.Value));
    }

    private static Sdk.AttributeValue ToSdk(AttributeValue value) => value switch
    {
        { S: { } text } => new Sdk.AttributeValue { S = text },
        { N: { } number } => new Sdk.AttributeValue { N = number },
        { BOOL: { } flag } => new Sdk.AttributeValue { BOOL = flag },
        { M: { } map } => new Sdk.AttributeValue { M = map.ToDictionary(pair => pair.Key, pair => ToSdk(pair.Value)) },
        _ => new Sdk.AttributeValue { L = [.. value.L!.Select(ToSdk)] },
    };

    private static AttributeValue OfSdk(Sdk.AttributeValue value) => value switch
    {
        { S: { } text } => new AttributeValue { S = text },
        { N: { } number } => new AttributeValue { N = number },
        { BOOL: { } flag } => new AttributeValue { BOOL = flag },
        { M: { } map } => new AttributeValue { M = map.ToDictionary(pair => pair.Key, pair => OfSdk(pair.Value)) },
        _ => new AttributeValue { L = [.. value.L.Select(OfSdk)] },
    };
}
