namespace AiGateway.Domain;

/// <summary>Which texts may be kept as part of a key. Callers choose some of them, and could fill the memory with long ones.</summary>
internal static class KeptTexts
{
    /// <summary>Longer ones are no names; what they ask for is found out each time.</summary>
    public const int LengthMax = 1_024;

    public static bool AreShort(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text?.Length > LengthMax)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>As long a list counts as the text that it makes.</summary>
    public static bool IsShort(IReadOnlyList<string> texts)
    {
        var length = texts.Count;
        for (var number = 0; number < texts.Count && length <= LengthMax; number++)
        {
            length += texts[number].Length;
        }

        return length <= LengthMax;
    }
}
