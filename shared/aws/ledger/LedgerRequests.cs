using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>The ledger's writes with their conditions.</summary>
internal static class LedgerRequests
{
    private const string IsNew = $"attribute_not_exists({LedgerItem.RequestIdName})";
    private const string IsOfVersion = "#version = :version";

    public static PutItemRequest PutHeld(string table, LedgerEntry entry) => new()
    {
        TableName = table,
        Writes = item => LedgerItem.Write(item, entry),
        ConditionExpression = IsNew,
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    public static UpdateItemRequest Append(string table, string requestId, long readVersion, Attempt attempt) => new()
    {
        TableName = table,
        Key = LedgerItem.Key(requestId),
        UpdateExpression = "SET #attempts = list_append(#attempts, :attempts), #version = :next",
        ConditionExpression = $"#state = :held AND {IsOfVersion}",
        ExpressionAttributeNames = new Dictionary<string, string>
        {
            ["#attempts"] = LedgerItem.AttemptsName,
            ["#version"] = LedgerItem.VersionName,
            ["#state"] = LedgerItem.StateName,
        },
        ExpressionAttributeValues = new Dictionary<string, AttributeValue>
        {
            [":attempts"] = ItemWriter.List([attempt], one => new AttributeValue { M = ItemJson.Values(one, AttemptItem.Write) }),
            [":version"] = ItemWriter.Number(readVersion),
            [":next"] = ItemWriter.Number(readVersion + 1),
            [":held"] = new() { S = LedgerItem.Held },
        },
        ReturnValues = ReturnValue.ALL_NEW,
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    /// <summary>
    /// An upsert: the version rises from whatever stands, so that a settlement that read the held entry is refused.
    /// What a void entry does
    /// not have (the open index's key among it) is removed.
    /// </summary>
    public static UpdateItemRequest Void(string table, LedgerEntry entry, string attemptId)
    {
        var item = ItemJson.Values(entry, LedgerItem.Write);
        item.Remove(LedgerItem.RequestIdName);
        item.Remove(LedgerItem.VersionName);
        var names = item.Keys.Append(LedgerItem.VersionName).Append(LedgerItem.AttemptsName)
            .Concat([LedgerItem.OpenName, LedgerItem.PostingIdName, LedgerItem.ResultName])
            .Distinct().ToDictionary(name => "#" + name, name => name);
        var values = item.ToDictionary(attribute => ":" + attribute.Key, attribute => attribute.Value);
        values.Add(":zero", ItemWriter.Number(0L));
        values.Add(":one", ItemWriter.Number(1L));
        values.Add(":held", new AttributeValue { S = LedgerItem.Held });
        values.Add(":own", new AttributeValue { S = attemptId });
        var sets = item.Keys.Select(name => $"#{name} = :{name}").Append("#version = if_not_exists(#version, :zero) + :one");
        var removes = names.Where(name => name.Value != LedgerItem.VersionName && !item.ContainsKey(name.Value)).Select(name => name.Key);
        names.Add("#id", AttemptItem.IdName);
        return new UpdateItemRequest
        {
            TableName = table,
            Key = LedgerItem.Key(entry.RequestId),
            UpdateExpression = $"SET {string.Join(", ", sets)}{Removing([.. removes])}",
            ConditionExpression = $"{IsNew} OR (#state = :held AND size(#attempts) = :one AND #attempts[0].#id = :own)",
            ExpressionAttributeNames = names,
            ExpressionAttributeValues = values,
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
    }

    /// <summary>A settlement's write of an entry, on condition that it is as it was read.</summary>
    public static Put Settle(string table, LedgerEntry entry, long? readVersion)
    {
        var put = new Put { TableName = table, Writes = item => LedgerItem.Write(item, entry), ConditionExpression = IsNew };
        if (readVersion is { } version)
        {
            put.ConditionExpression = IsOfVersion;
            put.ExpressionAttributeNames = new Dictionary<string, string> { ["#version"] = LedgerItem.VersionName };
            put.ExpressionAttributeValues =
                new Dictionary<string, AttributeValue> { [":version"] = ItemWriter.Number(version) };
        }

        return put;
    }

    private static string Removing(IReadOnlyList<string> names) =>
        names.Count == 0 ? string.Empty : " REMOVE " + string.Join(", ", names);
}
