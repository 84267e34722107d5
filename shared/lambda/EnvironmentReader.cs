using System.Globalization;

namespace AiGateway.Lambda;

/// <summary>Reads settings from environment variables and collects every mistake, to be thrown once.</summary>
/// <remarks>A mistake yields a placeholder, so call <see cref="ThrowIfInvalid"/> before any value is used.</remarks>
/// <param name="read">The variable's text, or null where it is not set.</param>
public sealed class EnvironmentReader(Func<string, string?> read)
{
    private const int ShownCharactersMax = 40;

    private readonly List<string> mistakes = [];
    private readonly HashSet<string> wrong = [];

    /// <summary>The variables of this process.</summary>
    public static EnvironmentReader OfProcess() => new(Environment.GetEnvironmentVariable);

    /// <summary>Text that must be there: a variable that is empty or blank counts as missing.</summary>
    public string Text(string name) => OptionalText(name) ?? Missing(name, "");

    /// <summary>Text, or null where the variable is not set or blank.</summary>
    public string? OptionalText(string name)
    {
        var text = read(name);
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>A whole number of milliseconds, both bounds inclusive.</summary>
    /// <param name="otherwise">What an unset variable means, in milliseconds; null: it must be set.</param>
    public TimeSpan Milliseconds(string name, int min, int max, int? otherwise = null) =>
        TimeSpan.FromMilliseconds(Integer(name, min, max, otherwise));

    /// <summary>A whole number, both bounds inclusive.</summary>
    public long Integer(string name, long min, long max, long? otherwise = null)
    {
        if (OptionalText(name) is not { } text)
        {
            return otherwise ?? Missing(name, min);
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : Wrong(name, text, $"a whole number from {min} to {max}", min);
    }

    /// <summary>An amount of dollars as a plain decimal, both bounds inclusive.</summary>
    public Domain.Usd Usd(string name, Domain.Usd min, Domain.Usd max, Domain.Usd? otherwise = null)
    {
        if (OptionalText(name) is not { } text)
        {
            return otherwise ?? Missing(name, min);
        }

        return Domain.Usd.TryParse(text, out var amount) && amount >= min && amount <= max
            ? amount
            : Wrong(name, text, $"an amount of dollars from {min} to {max}", min);
    }

    /// <summary>Exactly <c>true</c> or <c>false</c>.</summary>
    public bool Boolean(string name, bool? otherwise = null) =>
        Choice(name, otherwise, ("true", true), ("false", false));

    /// <summary>One of the texts that are listed, in just that spelling.</summary>
    public T Choice<T>(string name, T? otherwise, params ReadOnlySpan<(string Text, T Value)> choices)
        where T : struct
    {
        if (OptionalText(name) is not { } text)
        {
            return otherwise ?? Missing(name, default(T));
        }

        var texts = new string[choices.Length];
        for (var i = 0; i < choices.Length; i++)
        {
            if (choices[i].Text == text)
            {
                return choices[i].Value;
            }

            texts[i] = choices[i].Text;
        }

        return Wrong(name, text, $"one of {string.Join(", ", texts)}", default(T));
    }

    /// <summary>An absolute http or https address, or null where the variable is not set.</summary>
    public Uri? OptionalUri(string name) => OptionalText(name) is null ? null : Uri(name);

    /// <summary>An absolute http or https address.</summary>
    public Uri Uri(string name)
    {
        var placeholder = new Uri("http://localhost/");
        if (OptionalText(name) is not { } text)
        {
            return Missing(name, placeholder);
        }

        return System.Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : Wrong(name, text, "an absolute http or https address", placeholder);
    }

    /// <summary>A mistake that only several settings together make, such as one time-out above another.</summary>
    /// <param name="otherwiseSay">
    /// Names the settings it is about: it is left out where one of them is reported already, as its value is not known.
    /// </param>
    public void Require(bool holds, string otherwiseSay)
    {
        if (!holds && !otherwiseSay.Split(' ', ',', '.', ';', ':').Any(wrong.Contains))
        {
            mistakes.Add(otherwiseSay);
        }
    }

    /// <exception cref="SettingsException">Something was missing or wrong; it lists everything that was.</exception>
    public void ThrowIfInvalid()
    {
        if (mistakes.Count > 0)
        {
            throw new SettingsException(mistakes.ToArray());
        }
    }

    private T Missing<T>(string name, T placeholder)
    {
        wrong.Add(name);
        mistakes.Add($"{name} is not set");
        return placeholder;
    }

    private T Wrong<T>(string name, string text, string expected, T placeholder)
    {
        var shown = text.Length <= ShownCharactersMax ? text : text[..ShownCharactersMax] + "…";
        wrong.Add(name);
        mistakes.Add($"{name} is \"{shown}\" but must be {expected}");
        return placeholder;
    }
}
