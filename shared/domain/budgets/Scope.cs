namespace AiGateway.Domain.Budgets;

/// <summary>
/// Who or what a limit is on, in its stored form: <c>org</c>, <c>team#T</c>, <c>user#U</c>, <c>team#T#user#U</c>,
/// <c>client#C</c>,
/// <c>model#M</c>, <c>team#T#model#M</c>, <c>project#P</c>. Parts never contain <c>#</c>, so that two scopes never
/// share a key.
/// </summary>
public sealed record Scope
{
    private Scope(string value) => Value = value;

    public static Scope Org { get; } = new("org");

    /// <summary>
    /// Where requests go that resolve to no team: a budget of its own, never free, never another team's.
    /// </summary>
    public static Scope Unattributed { get; } = new("team#unattributed");

    public string Value { get; }

    /// <summary>A team itself, not one of its users or models: what a tier is for.</summary>
    public bool IsTeam => Value.StartsWith("team#", StringComparison.Ordinal) && Value.Count(unit => unit == '#') == 1;

    public static Scope Team(ScopePart team) => new($"team#{team.Value}");

    public static Scope User(ScopePart user) => new($"user#{user.Value}");

    public static Scope TeamUser(ScopePart team, ScopePart user) => new($"team#{team.Value}#user#{user.Value}");

    public static Scope Client(ScopePart client) => new($"client#{client.Value}");

    public static Scope Model(ScopePart model) => new($"model#{model.Value}");

    public static Scope TeamModel(ScopePart team, ScopePart model) => new($"team#{team.Value}#model#{model.Value}");

    public static Scope Project(ScopePart project) => new($"project#{project.Value}");

    /// <summary>
    /// Reads a stored form back. For what this project wrote itself: anything else is a bug or a damaged item.
    /// </summary>
    public static Outcome<Scope> Parse(string? stored) => ScopeText.IsStoredForm(stored)
        ? new Scope(stored!)
        : new Problem(
            "bad_scope",
            "A scope is org, team#T, user#U, team#T#user#U, client#C, model#M, team#T#model#M or project#P.");

    public override string ToString() => Value;
}
