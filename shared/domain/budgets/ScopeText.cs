namespace AiGateway.Domain.Budgets;

/// <summary>The stored form of a scope: one to four parts between <c>#</c>.</summary>
internal static class ScopeText
{
    private static readonly string[] Prefixes = ["team", "user", "client", "model", "project"];

    public static bool IsStoredForm(string? text)
    {
        if (text is null)
        {
            return false;
        }

        var parts = text.Split('#');
        return parts.Length switch
        {
            1 => parts[0] == "org",
            2 => Prefixes.Contains(parts[0]) && IsPart(parts[1]),
            4 => parts[0] == "team" && parts[2] is "user" or "model" && IsPart(parts[1]) && IsPart(parts[3]),
            _ => false,
        };
    }

    private static bool IsPart(string text) => ScopePart.Parse(text) is Outcome<ScopePart>.Ok;
}
