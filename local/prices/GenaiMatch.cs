using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiGateway.Local.Prices;

/// <summary>genai-prices' rules for which model names an entry is about.</summary>
internal static class GenaiMatch
{
    internal static bool Matches(JsonElement rule, string model)
    {
        foreach (var clause in rule.EnumerateObject())
        {
            var holds = clause.Name switch
            {
                "equals" => model == Text(clause),
                "starts_with" => model.StartsWith(Text(clause), StringComparison.Ordinal),
                "ends_with" => model.EndsWith(Text(clause), StringComparison.Ordinal),
                "contains" => model.Contains(Text(clause), StringComparison.Ordinal),
                "regex" => Regex.IsMatch(model, Text(clause), RegexOptions.None, TimeSpan.FromSeconds(1)),
                "or" => clause.Value.EnumerateArray().Any(part => Matches(part, model)),
                "and" => clause.Value.EnumerateArray().All(part => Matches(part, model)),
                _ => throw new InvalidDataException($"genai-prices has a rule that is not known: {clause.Name}"),
            };
            if (holds)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The names that the entry gives whole.</summary>
    internal static IEnumerable<string> Names(JsonElement rule) => rule.EnumerateObject().SelectMany(clause =>
        clause.Name switch
        {
            "equals" => [Text(clause)],
            "or" => clause.Value.EnumerateArray().SelectMany(Names),
            _ => Enumerable.Empty<string>(),
        });

    private static string Text(JsonProperty clause) => clause.Value.GetString()!;
}
