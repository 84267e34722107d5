using System.Text;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Decisions;

/// <summary>Text of the caller's choice (T101), made fit for the ledger and for sentences: bounded, one line,
/// well-formed.</summary>
public static class CallLabel
{
    public const int CharactersMax = 256;

    public static AttemptCall Of(string? provider, string? model, string? path, string? serviceTier, bool streaming) =>
        new(Bounded(provider), Bounded(model), Bounded(path), Bounded(serviceTier), streaming);

    /// <summary>At most 256 characters; control characters and halves of surrogate pairs become U+FFFD.</summary>
    public static string? Bounded(string? text)
    {
        // Nearly every text is plain and short, and fit as it is.
        if (text is null || (text.Length <= CharactersMax && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')))
        {
            return text;
        }

        var bounded = new StringBuilder(Math.Min(text.Length, CharactersMax));
        foreach (var rune in text.EnumerateRunes())
        {
            if (bounded.Length + rune.Utf16SequenceLength > CharactersMax)
            {
                break;
            }

            bounded.Append(Rune.IsControl(rune) ? Rune.ReplacementChar : rune);
        }

        return bounded.ToString();
    }
}
