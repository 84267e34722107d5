namespace AiGateway.Aws;

/// <summary>What one call needs in IAM: the action, the table, and the index where one is queried.</summary>
/// <param name="Action">As in a policy, without the service: <c>UpdateItem</c>. A transaction's parts are named one by
/// one.</param>
/// <param name="Table">The full table name.</param>
/// <param name="Index">The index; null: the table itself.</param>
public sealed record DynamoCall(string Action, string Table, string? Index);

/// <summary>Told of every request that is about to be sent. Each is one round trip, whatever it carries.</summary>
public interface IDynamoObserver
{
    /// <summary>Called once a request, before it is sent; what it throws is what the caller sees.</summary>
    void Sending(IReadOnlyList<DynamoCall> calls);
}
