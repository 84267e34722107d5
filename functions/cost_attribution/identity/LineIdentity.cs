using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Settlement;
using AiGateway.Lambda.Identity;

namespace CostAttribution.Identity;

/// <summary>
/// Whose a line is. The claims that the gateway verified come first; the <c>oidc_data</c> of another deployment's
/// configuration counts only where there are none, and only as far as the deployment trusts it (T20).
/// </summary>
/// <param name="oidc">Null: the deployment does not say that an ALB sets it, so that anybody may have.</param>
internal sealed class LineIdentity(OidcDataReader? oidc)
{
    /// <summary>For one batch, whose lines may name only so many keys.</summary>
    public BatchCallers ForBatch(LineCallers callers) => new(oidc, callers);
}

/// <summary>The callers of one batch.</summary>
internal sealed class BatchCallers(OidcDataReader? oidc, LineCallers callers)
{
    private readonly CallerDirectory directory = callers.Registered;
    private readonly OidcKeyBudget keys = new();

    /// <exception cref="OidcKeysUnavailableException">The load balancer's keys can't be fetched: deliver the batch
    /// again.</exception>
    public ValueTask<Caller> ResolveAsync(AccessLine line, CancellationToken stop) =>
        line.Caller.OidcData is not { } token || LineClaims.Of(line.Caller) is not { Subject: null, ClientId: null, Team: null } claims
            ? ValueTask.FromResult(callers.Of(line.Caller, line.Call.Model))
            : ByTokenAsync(line, claims, token, stop);

    private async ValueTask<Caller> ByTokenAsync(
        AccessLine line, CallerClaims claims, string token, CancellationToken stop) =>
        (await CallerOfAsync(line, claims, token, stop)).Asking(line.Call.Model);

    private async ValueTask<Caller> CallerOfAsync(
        AccessLine line, CallerClaims claims, string token, CancellationToken stop)
    {
        if (oidc is null)
        {
            return Flagged(claims, "oidc_data_untrusted");
        }

        return await oidc.ReadAsync(token, line.StartedAt, keys, stop) switch
        {
            OidcDataResult.Accepted(var accepted) =>
                CallerResolution.Resolve(accepted with { Project = claims.Project }, directory),
            OidcDataResult.Rejected(var reason) => Flagged(claims, "oidc_data_" + reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private Caller Flagged(CallerClaims claims, string flag)
    {
        var caller = CallerResolution.Resolve(claims, directory);
        return caller with { Flags = [.. caller.Flags, flag] };
    }
}
