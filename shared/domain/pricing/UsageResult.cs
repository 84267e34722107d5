namespace AiGateway.Domain.Pricing;

/// <summary>What a line's counts amount to.</summary>
public abstract record UsageResult
{
    private UsageResult()
    {
    }

    /// <summary>What the provider bills.</summary>
    /// <param name="Usage">In kinds that never overlap.</param>
    /// <param name="Assumption">What had to be assumed to read it (an unknown gateway version); null: nothing.</param>
    public sealed record Complete(BillableUsage Usage, string? Assumption = null) : UsageResult;

    /// <summary>Billed, but the line does not say for how much: hung up, cut, suppressed, or never told.</summary>
    /// <param name="Reason">Which of these, as far as the line shows.</param>
    /// <param name="Partial">What the line has, for information; a lower bound at best, never the bill.</param>
    /// <param name="ProvidersInputCount">The provider's own count of the whole input, cached tokens included; null where
    /// there is none, and where the count is only the gateway's local estimate (<c>tokenize</c>).</param>
    public sealed record Incomplete(string Reason, BillableUsage? Partial, long? ProvidersInputCount) : UsageResult;

    /// <summary>A token count (<c>/v1/messages/count_tokens</c>): free.</summary>
    public sealed record NotBilled(string Reason) : UsageResult;

    /// <summary>Counts that contradict each other or are impossible: the line is refused with this reason.</summary>
    public sealed record Refused(string Reason) : UsageResult;
}
