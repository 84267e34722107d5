namespace AiGateway.Aws;

/// <summary>
/// A call of DynamoDB's low-level API (version 2012-08-10), with the members of AWS's reference that this project uses, under their names there.
/// </summary>
public abstract class DynamoRequest;

/// <summary>What is returned of an item that was written.</summary>
public enum ReturnValue
{
    NONE,
    ALL_OLD,
    ALL_NEW,
}

/// <summary>Whether a failed condition brings the item that stood.</summary>
public enum ReturnValuesOnConditionCheckFailure
{
    NONE,
    ALL_OLD,
}

/// <summary>What the writes of one item have in common, alone or as a part of a transaction.</summary>
public abstract class ItemWrite : DynamoRequest
{
    public required string TableName { get; init; }

    public string? ConditionExpression { get; set; }

    public IReadOnlyCollection<KeyValuePair<string, string>>? ExpressionAttributeNames { get; set; }

    public Dictionary<string, AttributeValue>? ExpressionAttributeValues { get; set; }

    /// <summary>Numbers that the expressions call <c>:0</c>, <c>:1</c> and so on, in place of
    /// <see cref="ExpressionAttributeValues"/>.</summary>
    internal IReadOnlyList<decimal>? NumberedValues { get; init; }

    public ReturnValue ReturnValues { get; init; }

    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }
}

public abstract class PutWrite : ItemWrite
{
    /// <summary>The item; null: it is written by <see cref="Writes"/>.</summary>
    public Dictionary<string, AttributeValue>? Item { get; init; }

    /// <summary>Writes the item straight into the body, as every decision does.</summary>
    internal Action<ItemJson>? Writes { get; init; }
}

public abstract class UpdateWrite : ItemWrite
{
    public required Dictionary<string, AttributeValue> Key { get; init; }

    public string? UpdateExpression { get; init; }
}

public abstract class DeleteWrite : ItemWrite
{
    public required Dictionary<string, AttributeValue> Key { get; init; }
}

public sealed class PutItemRequest : PutWrite;

public sealed class UpdateItemRequest : UpdateWrite;

public sealed class DeleteItemRequest : DeleteWrite;

public sealed class Put : PutWrite;

public sealed class Update : UpdateWrite;

public sealed class Delete : DeleteWrite;

/// <summary>A part of a transaction that changes nothing: its condition must hold, also of an item that is not there.</summary>
public sealed class ConditionCheck : ItemWrite
{
    public required Dictionary<string, AttributeValue> Key { get; init; }
}

public sealed class GetItemRequest : DynamoRequest
{
    public required string TableName { get; init; }

    public required Dictionary<string, AttributeValue> Key { get; init; }

    public bool ConsistentRead { get; init; }
}

/// <summary>What queries and scans have in common.</summary>
public abstract class PageRequest : DynamoRequest
{
    public required string TableName { get; init; }

    public bool ConsistentRead { get; init; }

    /// <summary>Items that are looked at, at most; null: as many as fit into 1 MB.</summary>
    public int? Limit { get; init; }

    /// <summary>The last page's <c>LastEvaluatedKey</c>; null: from the beginning.</summary>
    public Dictionary<string, AttributeValue>? ExclusiveStartKey { get; init; }

    public string? IndexName { get; init; }
}

public sealed class QueryRequest : PageRequest
{
    public required string KeyConditionExpression { get; init; }

    /// <summary>False: the highest sort key first; null: the lowest.</summary>
    public bool? ScanIndexForward { get; init; }

    public IReadOnlyCollection<KeyValuePair<string, string>>? ExpressionAttributeNames { get; init; }

    public Dictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }
}

public sealed class ScanRequest : PageRequest;

public sealed class BatchGetItemRequest : DynamoRequest
{
    public required Dictionary<string, KeysAndAttributes> RequestItems { get; init; }
}

public sealed class KeysAndAttributes
{
    public required List<Dictionary<string, AttributeValue>> Keys { get; init; }

    public bool ConsistentRead { get; init; }
}

public sealed class TransactWriteItemsRequest : DynamoRequest
{
    public required List<TransactWriteItem> TransactItems { get; init; }
}

/// <summary>Exactly one of them.</summary>
public sealed class TransactWriteItem
{
    public Put? Put { get; init; }

    public Update? Update { get; init; }

    public Delete? Delete { get; init; }

    public ConditionCheck? ConditionCheck { get; init; }
}
