namespace AiGateway.Domain.Budgets;

/// <summary>What a limit counts.</summary>
public enum Dimension
{
    Usd,
    Tokens,
    Requests,
}

/// <summary>The calendar window that a limit is for, in the scope's time zone.</summary>
public enum Window
{
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>
/// <c>hard</c>: never exceeded; <c>soft</c>: warns only; <c>shadow</c>: decides, counts and lets through.
/// </summary>
public enum BudgetMode
{
    Hard,
    Soft,
    Shadow,
}

/// <summary>How much is reserved: everything that the request could cost, or what it is expected to cost.</summary>
public enum HoldMode
{
    WorstCase,
    Expected,
}

/// <summary>What becomes of a hold that no log line has cleared: its money may have been spent.</summary>
public enum ExpiryPolicy
{
    Charge,
    Release,
}

/// <summary>What an attempt costs that the gateway dropped for another one.</summary>
public enum RetryPolicy
{
    Release,
    Charge,
}
