using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Engine;

namespace BudgetEnforcement.Decide;

/// <summary>What a store that can't be reached means for a request.</summary>
internal enum OutageAction
{
    Deny,
    Allowance,
    Allow,
}

/// <summary>What the operator decided for outages.</summary>
/// <param name="Hard">For requests with a hard limit.</param>
/// <param name="Soft">For all others.</param>
internal sealed record OutageRules(OutageAction Hard, OutageAction Soft);

/// <summary>The answer to a fault.</summary>
internal abstract record OutageAnswer
{
    private OutageAnswer()
    {
    }

    /// <summary>Let through without confirmed writes: loud, counted, and to be found by <c>ledger
    /// verify</c>.</summary>
    internal sealed record Admit(string Reason) : OutageAnswer;

    internal sealed record Refuse(RefusalKind Kind) : OutageAnswer;
}

/// <summary>"When DynamoDB is not there" (design.md, section 5): a bug refuses, being busy or slow refuses hard
/// budgets, an outage is for the rules.</summary>
internal static class OutagePolicy
{
    public const string AllowedInOutage = "outage_allow";
    public const string AllowedByAllowance = "outage_allowance";

    /// <param name="fault">What the store did.</param>
    /// <param name="isOutage">Nothing of it could be reached. Where something could, something may be written: a hard
    /// budget refuses.</param>
    /// <param name="limits">The request's limits; null where not even those are known: they count as hard.</param>
    /// <param name="rules">The operator's.</param>
    /// <param name="takeAllowance">Takes the hold from this minute's allowance, if it is left.</param>
    public static OutageAnswer Answer(
        StoreFault fault, bool isOutage, IReadOnlyList<PlannedLimit>? limits, OutageRules rules, Func<bool> takeAllowance)
    {
        var isHard = limits is null || limits.Any(limit => limit.Mode == BudgetMode.Hard);
        return (fault, isHard) switch
        {
            (StoreFault.Denied, _) => new OutageAnswer.Refuse(RefusalKind.StoreDenied),
            (StoreFault.Malformed, _) => new OutageAnswer.Refuse(RefusalKind.StoreMalformed),
            (StoreFault.Throttled, true) => new OutageAnswer.Refuse(RefusalKind.StoreThrottled),
            (StoreFault.Conflict, true) => new OutageAnswer.Refuse(RefusalKind.StoreConflict),
            (StoreFault.TimedOut, true) => new OutageAnswer.Refuse(RefusalKind.StoreTimedOut),
            (StoreFault.Unreachable, true) when !isOutage => new OutageAnswer.Refuse(RefusalKind.StoreUnreachable),
            _ => (isHard ? rules.Hard : rules.Soft) switch
            {
                OutageAction.Allow => new OutageAnswer.Admit(AllowedInOutage),
                OutageAction.Allowance when limits is not null && takeAllowance() => new OutageAnswer.Admit(AllowedByAllowance),
                OutageAction.Allowance => new OutageAnswer.Refuse(RefusalKind.AllowanceSpent),
                _ => new OutageAnswer.Refuse(RefusalKind.StoreUnreachable),
            },
        };
    }
}

/// <summary>What may be let through in an outage: an amount for each execution environment and minute.</summary>
internal sealed class OutageAllowance(Usd perMinute)
{
    private readonly Lock taking = new();
    private long minute;
    private Usd taken = Usd.Zero;

    public bool TryTake(Usd amount, DateTimeOffset now)
    {
        var current = now.ToUnixTimeSeconds() / 60;
        lock (taking)
        {
            if (current != minute)
            {
                minute = current;
                taken = Usd.Zero;
            }

            if (taken + amount > perMinute)
            {
                return false;
            }

            taken += amount;
            return true;
        }
    }
}
