using System.Globalization;
using System.Text;
using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>
/// One update of an account item: amounts that are added or set, attributes that are removed, and what must hold. Each
/// attribute has one
/// placeholder, because its name is data.
/// </summary>
internal sealed class AccountUpdate(AccountKey account)
{
    private static readonly string[] NamePlaceholders = Placeholders('#');
    private static readonly string[] ValuePlaceholders = Placeholders(':');

    // An update has about a dozen of each: looking through a list is quicker than hashing.
    private readonly List<(string Name, decimal Amount)> added = new(6);
    private readonly List<(string Name, decimal Amount)> set = [];
    private readonly List<string> removed = [];
    private readonly StringBuilder conditions = new(128);
    private readonly List<KeyValuePair<string, string>> names = new(8);
    private readonly List<decimal> values = new(11);

    /// <summary>
    /// Adds to an amount. Several additions to the same one are summed: an expression may name it once.
    /// </summary>
    public void Add(AccountAttribute attribute, decimal amount)
    {
        if (amount != 0m)
        {
            Touch(attribute, amount);
        }
    }

    /// <summary>As <see cref="Add"/>, and named even where nothing is added: the item is looked at.</summary>
    public void Touch(AccountAttribute attribute, decimal amount)
    {
        var name = attribute.Name;
        for (var at = 0; at < added.Count; at++)
        {
            if (added[at].Name == name)
            {
                added[at] = (name, added[at].Amount + amount);
                return;
            }
        }

        added.Add((name, amount));
    }

    public void Set(AccountAttribute attribute, decimal amount)
    {
        var name = attribute.Name;
        set.RemoveAll(known => known.Name == name);
        set.Add((name, amount));
    }

    /// <summary>Removes an amount of the past; one that this update adds to is kept.</summary>
    public void Remove(AccountAttribute attribute) => removed.Add(attribute.Name);

    /// <summary>
    /// At most that much before this update. An absent amount is zero, and more than a negative ceiling.
    /// </summary>
    public void RequireAtMost(AccountAttribute attribute, decimal ceiling)
    {
        var name = Placeholder(attribute.Name);
        if (ceiling < 0m)
        {
            Condition().Append(name).Append(" <= ").Append(Value(ceiling));
        }
        else
        {
            Condition().Append("(attribute_not_exists(").Append(name).Append(") OR ")
                .Append(name).Append(" <= ").Append(Value(ceiling)).Append(')');
        }
    }

    /// <summary>As <see cref="RequireAtMost"/>, where an absent amount is refused.</summary>
    public void RequireThereAndAtMost(AccountAttribute attribute, decimal ceiling) =>
        Condition().Append(Placeholder(attribute.Name)).Append(" <= ").Append(Value(ceiling));

    /// <summary>At least that much before this update; an absent amount will do.</summary>
    public void RequireAtLeastOrAbsent(AccountAttribute attribute, decimal amount)
    {
        var name = Placeholder(attribute.Name);
        Condition().Append("(attribute_not_exists(").Append(name).Append(") OR ")
            .Append(name).Append(" >= ").Append(Value(amount)).Append(')');
    }

    public void RequireAtLeast(AccountAttribute attribute, decimal amount) =>
        Condition().Append(Placeholder(attribute.Name)).Append(" >= ").Append(Value(amount));

    public void RequireEqual(AccountAttribute attribute, decimal amount) =>
        Condition().Append(Placeholder(attribute.Name)).Append(" = ").Append(Value(amount));

    /// <summary>As <see cref="RequireEqual"/>, where an absent amount is zero.</summary>
    public void RequireEqualOrAbsent(AccountAttribute attribute, decimal amount)
    {
        if (amount != 0m)
        {
            RequireEqual(attribute, amount);
            return;
        }

        var name = Placeholder(attribute.Name);
        Condition().Append("(attribute_not_exists(").Append(name).Append(") OR ")
            .Append(name).Append(" = ").Append(Value(amount)).Append(')');
    }

    public UpdateItemRequest ToRequest(string table) => new()
    {
        TableName = table,
        Key = AccountItem.Key(account),
        UpdateExpression = UpdateExpression(),
        ConditionExpression = ConditionExpression,
        ExpressionAttributeNames = Names,
        NumberedValues = values,
        ReturnValues = ReturnValue.ALL_NEW,
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    /// <summary>A transaction refuses an update that changes nothing.</summary>
    public TransactWriteItem ToTransactionItem(string table) => ChangesSomething
        ? new() { Update = ToTransactionPart(table) }
        : new() { ConditionCheck = ToConditionCheck(table) };

    private ConditionCheck ToConditionCheck(string table) => new()
    {
        TableName = table,
        Key = AccountItem.Key(account),
        ConditionExpression = ConditionExpression,
        ExpressionAttributeNames = Names,
        NumberedValues = values,
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    public Update ToTransactionPart(string table) => new()
    {
        TableName = table,
        Key = AccountItem.Key(account),
        UpdateExpression = UpdateExpression(),
        ConditionExpression = ConditionExpression,
        ExpressionAttributeNames = Names,
        NumberedValues = values,
        ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
    };

    /// <summary>False: nothing changes; a transaction would refuse an update without an expression.</summary>
    public bool ChangesSomething => added.Count > 0 || set.Count > 0 || removed.Count > 0;

    private string? ConditionExpression => conditions.Length == 0 ? null : conditions.ToString();

    private List<KeyValuePair<string, string>>? Names => names.Count == 0 ? null : names;

    private StringBuilder Condition() => conditions.Length == 0 ? conditions : conditions.Append(" AND ");

    // Placeholders are given as they are met: it is made before the names and values are taken.
    private string? UpdateExpression()
    {
        var text = new StringBuilder(128);
        Write(text, "SET ", " = ", set);
        Write(text, "ADD ", " ", added);
        var removes = removed.Count == 0
            ? removed
            : [.. removed.Distinct().Where(name => !added.Exists(known => known.Name == name))];
        for (var i = 0; i < removes.Count; i++)
        {
            text.Append(i > 0 ? ", " : text.Length > 0 ? " REMOVE " : "REMOVE ").Append(Placeholder(removes[i]));
        }

        return text.Length == 0 ? null : text.ToString();
    }

    private void Write(StringBuilder text, string clause, string between, List<(string Name, decimal Amount)> amounts)
    {
        if (amounts.Count == 0)
        {
            return;
        }

        text.Append(text.Length > 0 ? " " : "").Append(clause);
        for (var i = 0; i < amounts.Count; i++)
        {
            text.Append(i > 0 ? ", " : "").Append(Placeholder(amounts[i].Name)).Append(between).Append(Value(amounts[i].Amount));
        }
    }

    private string Placeholder(string name)
    {
        foreach (var (placeholder, known) in names)
        {
            if (known == name)
            {
                return placeholder;
            }
        }

        var added = At(NamePlaceholders, '#', names.Count);
        names.Add(new(added, name));
        return added;
    }

    private string Value(decimal amount)
    {
        values.Add(amount);
        return At(ValuePlaceholders, ':', values.Count - 1);
    }

    private static string At(string[] known, char prefix, int number) =>
        number < known.Length ? known[number] : string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");

    private static string[] Placeholders(char prefix) =>
        [.. Enumerable.Range(0, 32).Select(number => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}"))];
}
