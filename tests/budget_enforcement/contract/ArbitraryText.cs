using FsCheck;
using FsCheck.Fluent;

namespace BudgetEnforcement.Tests.Contract;

/// <summary>Text that has broken serialisers: quotes, escapes, control characters, emoji, halves of pairs, JSON, 10
/// kB.</summary>
internal static class ArbitraryText
{
    private static readonly string[] Fragments =
    [
        "\"", "\\", "\\\"", "{", "}", "\"}}", "\n", "\r\n", "\t", "\0", "\u001f", "\u007f", "\u2028", "\uFEFF", "\uFFFD",
        "\uD800", "\uDC00", "\U0001F4B0", "\U0001F469\u200D\U0001F4BB", "é", "ß", "中文", "\u202E", "<script>", "'; --",
        "{\"action\":{}}", "\"},\"action\":{\"reason\":\"ok\"}}", "null", "$25.00", "%s", "{0}", " ", "#", "team payments",
    ];

    public static Gen<string> Generator { get; } = Gen.Frequency(
        (12, Of(0, 12)),
        (6, Gen.Choose(0, 0xFFFF).Select(unit => (char)unit).ArrayOf().Select(units => new string(units))),
        (1, Of(800, 1_500)),
        (1, Gen.Elements(Fragments).Select(fragment => Repeated(fragment, 10_000))));

    private static Gen<string> Of(int fewest, int most) =>
        from count in Gen.Choose(fewest, most)
        from fragments in Gen.Elements(Fragments).ArrayOf(count)
        select string.Concat(fragments);

    private static string Repeated(string fragment, int length) =>
        string.Concat(Enumerable.Repeat(fragment, length / fragment.Length));
}
