using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>
/// One update of an account item: amounts that are added or set, attributes that are removed, and what must hold. Each
/// attribute has one
/// placeholder, because its name is data.
/// </summary>
internal sealed class AccountUpdate(AccountKey account)
{
    private readonly Dictionary<string, string> placeholders = [];
    private readonly Dictionary<string, decimal> added = [];
    private readonly Dictionary<string, decimal> set = [];
    private readonly List<string> removed = [];
    private readonly List<string> conditions = [];
    private readonly Dictionary<string, AttributeValue> values = [];

    /// <summary>
    /// Adds to an amount. Several additions to the same one are summed: an expression may name it once.
    /// </summary>
    public void Add(AccountAttribute attribute, decimal amount)
    {
        if (amount != 0m)
        {
            added[attribute.Name] = added.GetValueOrDefault(attribute.Name) + amount;
        }
    }

    /// <summary>As <see cref="Add"/>, and named even where nothing is added: the item is looked at.</summary>
    public void Touch(AccountAttribute attribute, decimal amount) =>
        added[attribute.Name] = added.GetValueOrDefault(attribute.Name) + amount;

    public void Set(AccountAttribute attribute, decimal amount) => set[attribute.Name] = amount;

    /// <summary>Removes an amount of the past; one that this update adds to is kept.</summary>
    public void Remove(AccountAttribute attribute) => removed.Add(attribute.Name);

    /// <summary>
    /// At most that much before this update. An absent amount is zero, and more than a negative ceiling.
    /// </summary>
    public void RequireAtMost(AccountAttribute attribute, decimal ceiling)
    {
        var name = Placeholder(attribute.Name);
        var atMost = $"{name} <= {Value(ceiling)}";
        conditions.Add(ceiling < 0m ? atMost : $"(attribute_not_exists({name}) OR {atMost})");
    }

    public void RequireAtLeast(AccountAttribute attribute, decimal amount) =>
        conditions.Add($"{Placeholder(attribute.Name)} >= {Value(amount)}");

    public void RequireEqual(AccountAttribute attribute, decimal amount) =>
        conditions.Add($"{Placeholder(attribute.Name)} = {Value(amount)}");

    /// <summary>As <see cref="RequireEqual"/>, where an absent amount is zero.</summary>
    public void RequireEqualOrAbsent(AccountAttribute attribute, decimal amount)
    {
        var name = Placeholder(attribute.Name);
        var equal = $"{name} = {Value(amount)}";
        conditions.Add(amount == 0m ? $"(attribute_not_exists({name}) OR {equal})" : equal);
    }

    public UpdateItemRequest ToRequest(string table)
    {
        var (expression, condition) = Expressions();
        return new UpdateItemRequest
        {
            TableName = table,
            Key = AccountItem.Key(account),
            UpdateExpression = expression,
            ConditionExpression = condition,
            ExpressionAttributeNames = Names,
            ExpressionAttributeValues = Values,
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
    }

    public Update ToTransactionPart(string table)
    {
        var (expression, condition) = Expressions();
        return new Update
        {
            TableName = table,
            Key = AccountItem.Key(account),
            UpdateExpression = expression,
            ConditionExpression = condition,
            ExpressionAttributeNames = Names,
            ExpressionAttributeValues = Values,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
    }

    /// <summary>False: nothing changes; a transaction would refuse an update without an expression.</summary>
    public bool ChangesSomething => added.Count > 0 || set.Count > 0 || removed.Count > 0;

    private Dictionary<string, string>? Names =>
        placeholders.Count == 0 ? null : placeholders.ToDictionary(pair => pair.Value, pair => pair.Key);

    private Dictionary<string, AttributeValue>? Values => values.Count == 0 ? null : values;

    private (string? Update, string? Condition) Expressions()
    {
        var adds = added.Select(amount => $"{Placeholder(amount.Key)} {Value(amount.Value)}").ToList();
        var removes = removed.Distinct().Where(name => !added.ContainsKey(name)).Select(Placeholder).ToList();
        var clauses = new List<string>(3);
        if (set.Count > 0)
        {
            var sets = set.Select(amount => $"{Placeholder(amount.Key)} = {Value(amount.Value)}");
            clauses.Add("SET " + string.Join(", ", sets));
        }

        if (adds.Count > 0)
        {
            clauses.Add("ADD " + string.Join(", ", adds));
        }

        if (removes.Count > 0)
        {
            clauses.Add("REMOVE " + string.Join(", ", removes));
        }

        return (
            clauses.Count == 0 ? null : string.Join(' ', clauses),
            conditions.Count == 0 ? null : string.Join(" AND ", conditions));
    }

    private string Placeholder(string name)
    {
        if (!placeholders.TryGetValue(name, out var placeholder))
        {
            placeholders.Add(name, placeholder = $"#{placeholders.Count}");
        }

        return placeholder;
    }

    private string Value(decimal amount)
    {
        var name = $":{values.Count}";
        values.Add(name, ItemWriter.Number(amount));
        return name;
    }
}
