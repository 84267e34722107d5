namespace AiGateway.Domain.AccessLog;

/// <summary>What a JSON value is, as far as a field of the access log can be one.</summary>
internal enum FieldKind
{
    Text,
    Number,
    Boolean,

    /// <summary>A list of strings (<c>groups</c>).</summary>
    List,

    /// <summary>An object, or a list of something else: no field that is read has such a value.</summary>
    Nested,
}

/// <summary>One field as it stands in the line: numbers keep their text, so that none is rounded.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text, the number as written, or <c>true</c> or <c>false</c>.</param>
/// <param name="Items">The strings of a list.</param>
internal readonly record struct FieldValue(FieldKind Kind, string Text, IReadOnlyList<string> Items);
