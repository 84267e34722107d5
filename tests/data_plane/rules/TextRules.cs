using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiGateway.DataPlane.Tests.Rules;

/// <summary>What only the text shows: the gateway expands every dollar sign, and ECS limits the size (T15, T97).</summary>
internal static partial class TextRules
{
    /// <summary>A task definition's limit is 64 KiB; a quarter of it stays for all else that stands there.</summary>
    public const int BytesMax = 48 * 1024;

    public static IEnumerable<string> Violations(string yaml, IReadOnlyCollection<string> environmentNames)
    {
        var expanded = Reference().Matches(yaml).Select(match => match.Groups["name"].Value).ToHashSet();
        if (!expanded.SetEquals(environmentNames))
        {
            yield return $"expands {string.Join(", ", expanded)} but announces {string.Join(", ", environmentNames)}";
        }

        if (Reference().Replace(yaml, "").Contains('$'))
        {
            yield return "has a dollar sign that is no provider key";
        }

        var size = JsonEncodedText.Encode(yaml, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length;
        if (size > BytesMax)
        {
            yield return $"takes {size} bytes of a task definition, {BytesMax} at most";
        }
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+):-not-set\}")]
    private static partial Regex Reference();
}
