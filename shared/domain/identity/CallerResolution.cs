using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Identity;

/// <summary>The one place that decides whose a request is, for the decision and for the booking alike (design.md,
/// section 4).</summary>
public static class CallerResolution
{
    /// <summary>The team claim, else the client's registered team, else <c>unattributed</c>: flagged, never free,
    /// never another team's.</summary>
    public static Caller Resolve(CallerClaims claims, CallerDirectory directory)
    {
        var flags = new List<string>();
        var client = claims.ClientId is { } id ? directory.Clients.GetValueOrDefault(id) : null;
        var (team, source) = TeamOf(claims, client, flags);
        var registration = team is null ? null : directory.Teams.GetValueOrDefault(team.Value);
        if (client is { Denied: true })
        {
            flags.Add(CallerFlags.ClientDenied);
        }

        return new Caller(
            team?.Value ?? Caller.UnattributedTeam,
            team is null ? Scope.Unattributed : Scope.Team(team),
            source,
            Part(claims.ClientId, CallerFlags.ClientIdInvalid, flags),
            claims.Subject == claims.ClientId ? null : Part(claims.Subject, CallerFlags.SubjectInvalid, flags),
            ProjectOf(claims, registration, flags),
            claims.CostCenter ?? client?.CostCenter ?? registration?.CostCenter,
            // What the operator registered is fresher than a token, and one for all of a team's clients. Those
            // without a team share
            // one budget: no token may choose its size.
            team is null ? null : registration?.Tier ?? claims.Tier,
            claims.Groups,
            client is { Denied: true },
            flags);
    }

    private static (ScopePart? Team, TeamSource Source) TeamOf(
        CallerClaims claims, ClientRegistration? client, List<string> flags)
    {
        if (claims.Team is not null)
        {
            if (TeamOrNull(claims.Team) is { } claimed)
            {
                return (claimed, TeamSource.Claim);
            }

            flags.Add(CallerFlags.TeamClaimInvalid);
        }

        if (client?.Team is not null)
        {
            if (TeamOrNull(client.Team) is { } registered)
            {
                flags.Add(CallerFlags.TeamByClient);
                return (registered, TeamSource.Client);
            }

            flags.Add(CallerFlags.ClientTeamInvalid);
        }

        flags.Add(CallerFlags.Unattributed);
        return (null, TeamSource.None);
    }

    private static ScopePart? ProjectOf(CallerClaims claims, TeamRegistration? team, List<string> flags)
    {
        if (claims.Project is null)
        {
            return null;
        }

        if (team is null || !team.Projects.Contains(claims.Project, StringComparer.Ordinal))
        {
            flags.Add(CallerFlags.ProjectNotListed);
            return null;
        }

        return Part(claims.Project, CallerFlags.ProjectInvalid, flags);
    }

    private static ScopePart? Part(string? text, string flag, List<string> flags)
    {
        var part = PartOrNull(text);
        if (part is null && text is not null)
        {
            flags.Add(flag);
        }

        return part;
    }

    private static ScopePart? TeamOrNull(string text) =>
        text == Caller.UnattributedTeam ? null : PartOrNull(text);

    private static ScopePart? PartOrNull(string? text) =>
        ScopePart.Parse(text) is Outcome<ScopePart>.Ok(var part) ? part : null;
}
