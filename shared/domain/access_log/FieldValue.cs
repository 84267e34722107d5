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

/// <summary>One field as it stands in the line: numbers keep their text, so that none is rounded.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The text, the number as written, or the strings of a list.</param>
internal readonly record struct FieldValue(FieldKind Kind, object? Value = null)
{
    /// <summary>The text, or the number as written; empty: it is neither.</summary>
    public string Text => Value as string ?? "";

    /// <summary>The strings of a list.</summary>
    public IReadOnlyList<string> Items => Value as IReadOnlyList<string> ?? [];
}
