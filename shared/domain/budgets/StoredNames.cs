namespace AiGateway.Domain.Budgets;

/// <summary>
/// The stable snake_case names of a closed set of values: what stands in tables, settings and replies.
/// </summary>
public sealed class StoredNames<T>
    where T : struct, Enum
{
    private readonly Dictionary<T, string> names;
    private readonly Dictionary<string, T> values;

    internal StoredNames(params IReadOnlyList<(T Value, string Name)> pairs)
    {
        names = pairs.ToDictionary(pair => pair.Value, pair => pair.Name);
        values = pairs.ToDictionary(pair => pair.Name, pair => pair.Value);
    }

    /// <summary>Every name, in the order of the values.</summary>
    public IEnumerable<string> All => names.OrderBy(pair => pair.Key).Select(pair => pair.Value);

    public string this[T value] => names[value];

    /// <summary>Null where it is none of the names; upper case is another name.</summary>
    public T? Find(string? name) => name is not null && values.TryGetValue(name, out var value) ? value : null;
}

/// <summary>The names of everything that a budget says.</summary>
public static class BudgetNames
{
    public static readonly StoredNames<Dimension> Dimensions =
        new((Dimension.Usd, "usd"), (Dimension.Tokens, "tokens"), (Dimension.Requests, "requests"));

    public static readonly StoredNames<Window> Windows = new(
        (Window.Minute, "minute"), (Window.Hour, "hour"), (Window.Day, "day"), (Window.Week, "week"),
        (Window.Month, "month"), (Window.Quarter, "quarter"), (Window.Year, "year"));

    public static readonly StoredNames<BudgetMode> Modes =
        new((BudgetMode.Hard, "hard"), (BudgetMode.Soft, "soft"), (BudgetMode.Shadow, "shadow"));

    public static readonly StoredNames<HoldMode> HoldModes =
        new((HoldMode.WorstCase, "worst_case"), (HoldMode.Expected, "expected"));

    public static readonly StoredNames<ExpiryPolicy> ExpiryPolicies =
        new((ExpiryPolicy.Charge, "charge"), (ExpiryPolicy.Release, "release"));

    public static readonly StoredNames<RetryPolicy> RetryPolicies =
        new((RetryPolicy.Release, "release"), (RetryPolicy.Charge, "charge"));
}
