using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AiGateway.Infrastructure.Tests.Watch;

/// <summary>
/// The part of CloudWatch Logs' JSON filter syntax that this project uses: <c>{ $.key = "text" &amp;&amp; … }</c>, keys of letters, digits,
/// hyphens and underscores (AWS: "Filter pattern syntax", property selectors). Anything else is refused.
/// </summary>
internal static partial class FilterPattern
{
    public static bool Matches(string pattern, string line)
    {
        Assert.Matches(Whole(), pattern);
        if (!line.StartsWith('{') || JsonNode.Parse(line) is not JsonObject json)
        {
            return false;
        }

        var terms = Term().Matches(pattern);
        Assert.NotEmpty(terms);
        return terms.All(term =>
            json[term.Groups["key"].Value] is JsonValue value
            && value.TryGetValue<string>(out var text)
            && text == term.Groups["value"].Value);
    }

    [GeneratedRegex("""^\{ \$\.[A-Za-z0-9_-]+ = "[^"]*"( && \$\.[A-Za-z0-9_-]+ = "[^"]*")* \}$""")]
    private static partial Regex Whole();

    [GeneratedRegex("""\$\.(?<key>[A-Za-z0-9_-]+) = "(?<value>[^"]*)" ?""")]
    private static partial Regex Term();
}
