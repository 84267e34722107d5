using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Identity;

/// <summary>
/// Which scopes a request counts on. A part that can't be a name yields no scope, only a flag; a project counts only
/// where the team is listed for it.
/// </summary>
internal static class CallerScopes
{
    /// <summary>Of the widest to the narrowest, in a fixed order: both functions list them alike.</summary>
    public static IReadOnlyList<Scope> Of(Caller caller)
    {
        var team = ((Outcome<ScopePart>.Ok)ScopePart.Parse(caller.Team)).Value;
        var scopes = new List<Scope>(8) { Scope.Org, caller.TeamScope };
        if (caller.User is { } user)
        {
            scopes.Add(Scope.User(user));
            scopes.Add(Scope.TeamUser(team, user));
        }

        if (caller.Client is { } client)
        {
            scopes.Add(Scope.Client(client));
        }

        if (caller.Model is { } model)
        {
            scopes.Add(Scope.Model(model));
            scopes.Add(Scope.TeamModel(team, model));
        }

        if (caller.Project is { } project)
        {
            scopes.Add(Scope.Project(project));
        }

        return scopes;
    }
}
