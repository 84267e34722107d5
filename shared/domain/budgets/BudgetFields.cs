namespace AiGateway.Domain.Budgets;

/// <summary>
/// A budget row as somebody wrote it: in the table, in <c>local/budgets.json</c>, in an admin's request. Null: not
/// said.
/// </summary>
public sealed record BudgetFields(string Scope, string Window)
{
    /// <summary>The limits. A zero is a limit; null is none (T33).</summary>
    public BudgetAmounts Limits { get; init; } = BudgetAmounts.None;

    /// <summary>In place of the limits that it names, until <see cref="OverrideUntil"/>.</summary>
    public BudgetAmounts Override { get; init; } = BudgetAmounts.None;

    public DateTimeOffset? OverrideUntil { get; init; }

    public string? Mode { get; init; }

    public string? HoldMode { get; init; }

    public string? OnExpiry { get; init; }

    public string? OnRetry { get; init; }

    /// <summary>Percentages at which an alert is raised; null: 50, 80 and 100.</summary>
    public IReadOnlyList<int>? WarnPercent { get; init; }

    /// <summary>An IANA name; null: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The month, 1 to 12, that quarters and years begin with; null: January.</summary>
    public int? FiscalYearStartMonth { get; init; }

    /// <summary>This scope's rows stand in place of every window of its tier, not only of their own.</summary>
    public bool ReplacesTier { get; init; }

    /// <summary>Over how many items a hot scope's account is spread; null: one.</summary>
    public int? Shards { get; init; }
}

/// <summary>Amounts by what they count. Null: not said.</summary>
public sealed record BudgetAmounts(
    decimal? Usd = null, decimal? Tokens = null, decimal? Requests = null, decimal? InFlight = null)
{
    public static readonly BudgetAmounts None = new();

    /// <summary>The amount of a dimension that runs in windows.</summary>
    public decimal? this[Dimension dimension] => dimension switch
    {
        Dimension.Usd => Usd,
        Dimension.Tokens => Tokens,
        Dimension.Requests => Requests,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "Not a dimension."),
    };

    /// <summary>These amounts where they are said, else the others.</summary>
    public BudgetAmounts Or(BudgetAmounts others) => new(
        Usd ?? others.Usd, Tokens ?? others.Tokens, Requests ?? others.Requests, InFlight ?? others.InFlight);
}
