namespace AiGateway.Domain.Identity;

/// <summary>What the operator has registered about clients and teams, as values: read from the tables and cached by
/// the caller.</summary>
/// <param name="Clients">By <c>client_id</c>.</param>
/// <param name="Teams">By team name.</param>
public sealed record CallerDirectory(
    IReadOnlyDictionary<string, ClientRegistration> Clients, IReadOnlyDictionary<string, TeamRegistration> Teams)
{
    public static CallerDirectory Empty { get; } = new(
        new Dictionary<string, ClientRegistration>(), new Dictionary<string, TeamRegistration>());
}

/// <summary>A registered machine client.</summary>
/// <param name="ClientId">The key.</param>
/// <param name="Team">The team that pays where the token names none; null: none.</param>
/// <param name="CostCenter">Where the token names none.</param>
/// <param name="Denied">Revoked: its tokens still verify at the edge until they expire, so it is refused here
/// (T26).</param>
public sealed record ClientRegistration(string ClientId, string? Team, string? CostCenter, bool Denied);

/// <summary>A registered team.</summary>
/// <param name="Team">The key.</param>
/// <param name="Tier">Its tier; null: as the token says.</param>
/// <param name="CostCenter">Where neither token nor client names one.</param>
/// <param name="Projects">The projects it may spend for; a project label carries a budget only where it is
/// listed.</param>
public sealed record TeamRegistration(string Team, string? Tier, string? CostCenter, IReadOnlyList<string> Projects);
