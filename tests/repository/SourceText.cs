using System.Text.RegularExpressions;

namespace AiGateway.Repository.Tests;

/// <summary>C# without its comments and text, so that a rule about code is not broken by a sentence about it.</summary>
internal static partial class SourceText
{
    /// <summary>Every line, with comments and the insides of string and character literals blanked.</summary>
    public static string[] CodeLines(string source) => CommentOrText().Replace(source, Blank).Split('\n');

    private static string Blank(Match match) =>
        match.Groups["comment"].Success ? OnlyLineBreaks(match.Value) : "\"" + OnlyLineBreaks(match.Value) + "\"";

    private static string OnlyLineBreaks(string text) => new([.. text.Where(one => one == '\n')]);

    [GeneratedRegex("""
        (?<comment>//[^\n]*|/\*.*?\*/)
        |(?<text>\$*"{3,}.*?"{3,}|[$@]*@[$@]*"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+')
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrText();
}
