using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Identity;

/// <summary>How a request came by its team.</summary>
public enum TeamSource
{
    /// <summary>The token's own claim.</summary>
    Claim,

    /// <summary>The clients table, by <c>client_id</c>: the token named none, or none that can be a name.</summary>
    Client,

    /// <summary>Neither: <c>team#unattributed</c>.</summary>
    None,
}

/// <summary>Who asks, resolved: what both functions book and limit by.</summary>
/// <param name="Team">The team's name, <c>unattributed</c> where there is none.</param>
/// <param name="TeamScope">Its scope.</param>
/// <param name="Source">How it was found.</param>
/// <param name="Client">The client, where its id can stand in a scope.</param>
/// <param name="User">The person; null for a machine, whose subject is its client id.</param>
/// <param name="Project">The project label, only where the team is listed for it.</param>
/// <param name="CostCenter">For reports.</param>
/// <param name="Tier">As registered, else as the token says; null where neither, or where there is no team.</param>
/// <param name="Groups">For reports and model access.</param>
/// <param name="IsDenied">The client is revoked.</param>
/// <param name="Flags">What was odd about it, stable snake_case names for the log; see <see
/// cref="CallerFlags"/>.</param>
public sealed record Caller(
    string Team,
    Scope TeamScope,
    TeamSource Source,
    ScopePart? Client,
    ScopePart? User,
    ScopePart? Project,
    string? CostCenter,
    string? Tier,
    IReadOnlyList<string> Groups,
    bool IsDenied,
    IReadOnlyList<string> Flags)
{
    public const string UnattributedTeam = "unattributed";

    public bool IsAttributed => Source != TeamSource.None;

    /// <summary>The model of this attempt, where its name can stand in a scope; set by <see cref="Asking"/>.</summary>
    public ScopePart? Model { get; init; }

    /// <summary>The scopes that a request of this caller is booked on, limited or not: at most eight.</summary>
    public IReadOnlyList<Scope> Scopes => CallerScopes.Of(this);

    /// <summary>The same caller, asking for a model: as sent upstream, the caller's own text (T101).</summary>
    public Caller Asking(string? model)
    {
        if (CallerClaims.Clean(model) is not { } name)
        {
            return this with { Model = null };
        }

        return ScopePart.Parse(name) is Outcome<ScopePart>.Ok(var part)
            ? this with { Model = part }
            : this with { Model = null, Flags = [.. Flags, CallerFlags.ModelInvalid] };
    }
}

/// <summary>The names in <see cref="Caller.Flags"/>.</summary>
public static class CallerFlags
{
    /// <summary>A team claim that cannot be a name (T24, T101), or that names the scope of those without a
    /// team.</summary>
    public const string TeamClaimInvalid = "team_claim_invalid";

    /// <summary>The clients table's team was used.</summary>
    public const string TeamByClient = "team_by_client";

    /// <summary>The client is registered with a team that cannot be a name.</summary>
    public const string ClientTeamInvalid = "client_team_invalid";

    /// <summary>No team: booked on <c>team#unattributed</c>.</summary>
    public const string Unattributed = "unattributed";

    /// <summary>A project label for which the team is not listed: a label only.</summary>
    public const string ProjectNotListed = "project_not_listed";

    /// <summary>A listed project whose name can't stand in a scope: a label only.</summary>
    public const string ProjectInvalid = "project_invalid";

    /// <summary>A client id that can't stand in a scope: no limit on a client counts.</summary>
    public const string ClientIdInvalid = "client_id_invalid";

    /// <summary>A subject that can't stand in a scope: no limit on a user counts.</summary>
    public const string SubjectInvalid = "subject_invalid";

    /// <summary>A model's name that can't stand in a scope: no limit on a model counts.</summary>
    public const string ModelInvalid = "model_invalid";

    /// <summary>The client is revoked.</summary>
    public const string ClientDenied = "client_denied";
}
