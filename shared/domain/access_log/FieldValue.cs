namespace AiGateway.Domain.AccessLog;

/// <summary>What a JSON value is, as far as a field of the access log can be one.</summary>
internal enum FieldKind
{
    /// <summary>The line has no such field.</summary>
    Absent,
    Text,
    Number,
    True,
    False,

    /// <summary>A list of strings (<c>groups</c>).</summary>
    List,

    /// <summary>An object, or a list of something else: no field that is read has such a value.</summary>
    Nested,
}

/// <summary>One field, where it stands in the line: numbers are not rounded, and texts are made only where they are used.</summary>
/// <param name="kind">What it is.</param>
/// <param name="start">Its first byte: of a text the first one in the quotes.</param>
/// <param name="length">Its bytes.</param>
internal readonly struct FieldValue(FieldKind kind, int start = 0, int length = 0)
{
    public FieldKind Kind { get; } = kind;

    public int Start { get; } = start;

    public int Length { get; } = length;
}
