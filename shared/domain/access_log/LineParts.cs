namespace AiGateway.Domain.AccessLog;

/// <summary>
/// The calls and callers that many lines have in common, each made once: what a batch holds of its lines is less by them. A fixed
/// number, of which a new one drives an older one out; what is returned equals what was given.
/// </summary>
internal sealed class LineParts
{
    private const int Slots = 256;

    private readonly LineCall?[] calls = new LineCall?[Slots];
    private readonly LineCaller?[] callers = new LineCaller?[Slots];

    public LineCall CallOf(
        string? protocol,
        string? operation,
        string? path,
        string? provider,
        string? model,
        string? serviceTier,
        bool? streaming,
        long? maxTokens,
        long attempt)
    {
        ref var kept = ref calls[SlotOf(model, path, maxTokens ?? 0)];
        if (kept is { } known && known.Attempt == attempt && known.MaxTokens == maxTokens && known.Streaming == streaming
            && known.Model == model && known.Path == path && known.Provider == provider && known.ServiceTier == serviceTier
            && known.Operation == operation && known.Protocol == protocol)
        {
            return known;
        }

        var call = new LineCall(protocol, operation, path, provider, model, serviceTier, streaming, maxTokens, attempt);
        return KeptTexts.AreShort(protocol, operation, path, provider, model, serviceTier) ? kept = call : call;
    }

    public LineCaller CallerOf(
        string? subject,
        string? clientId,
        string? team,
        string? costCenter,
        string? tier,
        IReadOnlyList<string> groups,
        string? project,
        string? oidcData)
    {
        ref var kept = ref callers[SlotOf(subject, clientId, 0)];
        if (oidcData is null && kept is { } known && known.Subject == subject && known.ClientId == clientId && known.Team == team
            && known.CostCenter == costCenter && known.Tier == tier && known.Project == project && AreSame(known.Groups, groups))
        {
            return known;
        }

        // A raw token is kept nowhere.
        var caller = new LineCaller(subject, clientId, team, costCenter, tier, groups, project, oidcData);
        return oidcData is null && KeptTexts.AreShort(subject, clientId, team, costCenter, tier, project) && KeptTexts.IsShort(groups)
            ? kept = caller
            : caller;
    }

    private static bool AreSame(IReadOnlyList<string> some, IReadOnlyList<string> others)
    {
        if (some.Count != others.Count)
        {
            return false;
        }

        for (var number = 0; number < some.Count; number++)
        {
            if (some[number] != others[number])
            {
                return false;
            }
        }

        return true;
    }

    // By what tells most apart at a glance.
    private static int SlotOf(string? text, string? other, long number)
    {
        unchecked
        {
            return ((GlanceOf(text) * 31) + GlanceOf(other) + (int)number) & (Slots - 1);
        }
    }

    private static int GlanceOf(string? text) => string.IsNullOrEmpty(text)
        ? 0
        : unchecked((text[0] * 961) + (text[text.Length / 2] * 31) + text[^1] + (text.Length * 7));
}
