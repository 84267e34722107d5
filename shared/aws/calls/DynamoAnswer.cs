namespace AiGateway.Aws;

/// <summary>What DynamoDB answers, of any of the calls: what the call does not return is null.</summary>
public sealed class DynamoAnswer
{
    private static readonly Dictionary<string, AttributeValue> NoAttributes = [];
    private static readonly Dictionary<string, List<Dictionary<string, AttributeValue>>> NoResponses = [];

    /// <summary>Of <c>GetItem</c>; of a failed condition, the item that stood. Null: there is none.</summary>
    public Dictionary<string, AttributeValue>? Item { get; internal set; }

    /// <summary>Of a write, as <c>ReturnValues</c> asked.</summary>
    public Dictionary<string, AttributeValue> Attributes { get; internal set; } = NoAttributes;

    /// <summary>Of a query or a scan.</summary>
    public List<Dictionary<string, AttributeValue>>? Items { get; internal set; }

    /// <summary>Where the next page begins; null on the last.</summary>
    public Dictionary<string, AttributeValue>? LastEvaluatedKey { get; internal set; }

    /// <summary>Of <c>BatchGetItem</c>, by table.</summary>
    public Dictionary<string, List<Dictionary<string, AttributeValue>>> Responses { get; internal set; } = NoResponses;

    /// <summary>Whether <c>BatchGetItem</c> left keys over.</summary>
    public bool HasUnprocessedKeys { get; internal set; }

    /// <summary>The error's name, without its namespace; null where it is none.</summary>
    internal string? ErrorCode { get; set; }

    internal string? ErrorMessage { get; set; }

    internal List<CancellationReason>? CancellationReasons { get; set; }
}

/// <summary>Why one part of a transaction failed; <c>None</c> where it did not.</summary>
/// <param name="Code">As in AWS's reference: <c>ConditionalCheckFailed</c>, <c>TransactionConflict</c> …</param>
/// <param name="Message">AWS's words.</param>
/// <param name="Item">The item that stood, where the part asked for it.</param>
public sealed record CancellationReason(string Code, string? Message, Dictionary<string, AttributeValue>? Item);
