namespace AiGateway.Domain.Pricing;

/// <summary>Reads a line's counts as agentgateway v1.4.1 and v1.5 mean them (agentgateway's own table, and what was
/// recorded from it: docs/prices.md).</summary>
public static class UsageReading
{
    /// <summary>Never throws: impossible counts are refused with a reason.</summary>
    public static UsageResult Read(in LoggedUsage usage)
    {
        if (UsageChecks.Problem(usage) is { } problem)
        {
            return new UsageResult.Refused(problem);
        }

        if (usage.CountTokens is not null || UsageConvention.EndsWith(usage.Path, "/count_tokens"))
        {
            return new UsageResult.NotBilled("A token count is free.");
        }

        var semantics = GatewaySemantics.Of(usage.GatewayVersion, usage.ProviderInput is not null);
        var convention = UsageConvention.Of(usage);
        if (UncachedInput(usage, convention, semantics) is not { } uncached)
        {
            return new UsageResult.Refused("More cached tokens than input tokens, which here include them.");
        }

        return Missing(usage) is { } reason
            ? Incomplete(usage, convention, uncached, reason)
            : Complete(usage, convention with { OutputHasThoughts = semantics.IncludesCache }, uncached, semantics.Assumption);
    }

    private static string? Missing(in LoggedUsage usage)
    {
        var withoutOutput = UsageConvention.AnswersWithoutTokens(usage);
        if (usage.Output is null && !withoutOutput)
        {
            return usage.Input is null ? "The line has no usage." : "The line has no output tokens.";
        }

        if (usage.Streaming is true && usage.Total is null && !withoutOutput)
        {
            return "The stream ended before its usage: total_tokens is absent.";
        }

        return usage.Input is null && usage.ProviderInput is null ? "The line has no input tokens." : null;
    }

    /// <summary>Input that was neither read from nor written to a cache; null: the counts contradict each other.</summary>
    private static long? UncachedInput(in LoggedUsage usage, UsageConvention convention, GatewaySemantics semantics)
    {
        var cached = (usage.CacheRead ?? 0) + (usage.CacheCreation ?? 0);
        var fromProvider = semantics.IncludesCache && usage.ProviderInput is not null;
        var input = fromProvider ? usage.ProviderInput!.Value : usage.Input ?? 0;
        var includes = convention.InputIncludesCache
            || (semantics.IncludesCache && convention.NormalisedByGateway && !fromProvider);
        if (!includes || (usage.Input is null && usage.ProviderInput is null))
        {
            return input;
        }

        return input >= cached ? input - cached : null;
    }

    private static UsageResult Complete(
        in LoggedUsage usage, UsageConvention convention, long uncached, string? assumption)
    {
        var billed = Billable(usage, convention, uncached);
        return billed is null
            ? new UsageResult.Refused("More audio, image or reasoning tokens than output tokens, which include them.")
            : new UsageResult.Complete(billed, assumption);
    }

    private static UsageResult Incomplete(
        in LoggedUsage usage, UsageConvention convention, long uncached, string reason)
    {
        // Claude's streams begin with the provider's count of the input and a first few output tokens. Any other input
        // count without its output is the gateway's own estimate (tokenize).
        var counted = usage is { Input: not null, Output: not null };
        var cached = (usage.CacheRead ?? 0) + (usage.CacheCreation ?? 0);
        return new UsageResult.Incomplete(
            reason,
            counted ? Billable(usage with { Total = null }, convention, uncached) : null,
            counted ? uncached + cached : null);
    }

    private static BillableUsage? Billable(in LoggedUsage usage, UsageConvention convention, long uncached)
    {
        var audioIn = Math.Min(usage.InputAudio ?? 0, uncached);
        var cacheRead = usage.CacheRead ?? 0;
        var cacheWrite = usage.CacheCreation ?? 0;
        var output = usage.Output ?? 0;
        var reasoning = usage.Reasoning ?? 0;
        if (convention.OutputMayLackReasoning)
        {
            output = WithThoughts(usage, convention, uncached + cacheRead + cacheWrite, output, reasoning);
        }

        var special = reasoning + (usage.OutputAudio ?? 0) + (usage.OutputImage ?? 0);
        return special > output
            ? null
            : new BillableUsage
            {
                UncachedInput = uncached - audioIn,
                CacheRead = cacheRead,
                CacheWrite = cacheWrite,
                Output = output - special,
                Reasoning = reasoning,
                InputAudio = audioIn,
                OutputAudio = usage.OutputAudio ?? 0,
                OutputImage = usage.OutputImage ?? 0,
            };
    }

    /// <summary>
    /// Totals include thoughts that the output count may lack: what is generated is the total less the input, or the
    /// output, whichever is more. Without a total, Vertex in v1.4.1 logs output and thoughts apart; so does whoever
    /// reports more thoughts than output.
    /// </summary>
    private static long WithThoughts(
        in LoggedUsage usage, UsageConvention convention, long totalInput, long output, long reasoning)
    {
        if (usage.Total is { } total)
        {
            output = Math.Max(output, total - totalInput);
        }
        else if (usage.Provider == "gcp.vertex_ai" && !convention.OutputHasThoughts)
        {
            return output + reasoning;
        }

        return reasoning > output ? output + reasoning : output;
    }
}
