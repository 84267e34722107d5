namespace AiGateway.Aws;

/// <summary>
/// One value as DynamoDB writes it: exactly one of these is set. The other types of DynamoDB (sets, binary, null) are not written here; one
/// that is read has nothing set, so that whoever expects something else finds it malformed.
/// </summary>
public sealed class AttributeValue
{
    private readonly object? value;
    private readonly Kind kind;

    private enum Kind : byte
    {
        Nothing,
        Text,
        Number,
        True,
        False,
        List,
        Map,
    }

    /// <summary>Text.</summary>
    public string? S
    {
        get => kind == Kind.Text ? (string?)value : null;
        init => (this.value, kind) = (value, value is null ? Kind.Nothing : Kind.Text);
    }

    /// <summary>A number, in plain or exponent form: DynamoDB sends numbers as text, so that no digit is lost.</summary>
    public string? N
    {
        get => kind == Kind.Number ? (string?)value : null;
        init => (this.value, kind) = (value, value is null ? Kind.Nothing : Kind.Number);
    }

    public bool? BOOL
    {
        get => kind switch { Kind.True => true, Kind.False => false, _ => null };
        init => kind = value switch { true => Kind.True, false => Kind.False, null => Kind.Nothing };
    }

    public List<AttributeValue>? L
    {
        get => kind == Kind.List ? (List<AttributeValue>?)value : null;
        init => (this.value, kind) = (value, value is null ? Kind.Nothing : Kind.List);
    }

    public Dictionary<string, AttributeValue>? M
    {
        get => kind == Kind.Map ? (Dictionary<string, AttributeValue>?)value : null;
        init => (this.value, kind) = (value, value is null ? Kind.Nothing : Kind.Map);
    }
}
