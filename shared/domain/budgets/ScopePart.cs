using System.Buffers;
using System.Text;

namespace AiGateway.Domain.Budgets;

/// <summary>
/// A name that may stand in a scope: 1 to 256 characters, no <c>#</c>, no control characters, no space at either end.
/// </summary>
public sealed record ScopePart
{
    /// <summary>Long enough for an inference profile's ARN, short enough for a key.</summary>
    public const int LengthMax = 256;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(one => one != '#')]);

    private ScopePart(string value) => Value = value;

    public string Value { get; }

    /// <summary>
    /// Names come from tokens and from clients' text (T24, T101), so that anything may stand in them.
    /// </summary>
    public static Outcome<ScopePart> Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > LengthMax)
        {
            return new Problem("bad_name", $"A name has 1 to {LengthMax} characters.");
        }

        if (text[0] == ' ' || text[^1] == ' ' || HasForbidden(text))
        {
            return new Problem("bad_name", "A name has no '#', no control characters and no space at either end.");
        }

        return new ScopePart(text);
    }

    public override string ToString() => Value;

    // Nearly every name is plain, and is looked at in one go.
    private static bool HasForbidden(string text) =>
        text.AsSpan().ContainsAnyExcept(Plain) && text.EnumerateRunes().Any(IsForbidden);

    // A lone surrogate has no UTF-8 form (it enumerates as U+FFFD): two different ones would become the same stored
    // key.
    private static bool IsForbidden(Rune rune) =>
        rune.Value == '#' || rune == Rune.ReplacementChar || Rune.IsControl(rune);
}
