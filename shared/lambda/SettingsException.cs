namespace AiGateway.Lambda;

/// <summary>Every mistake in the settings, found together before the first event is asked for.</summary>
public sealed class SettingsException(IReadOnlyList<string> mistakes)
    : Exception($"{mistakes.Count} setting(s) wrong: {string.Join("; ", mistakes)}")
{
    /// <summary>One sentence each: the variable's name, what it holds, what it should hold.</summary>
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
