namespace AiGateway.Aws;

/// <summary>
/// One value as DynamoDB writes it: exactly one of these is set. The other types of DynamoDB (sets, binary, null) are not written here; one
/// that is read has nothing set, so that whoever expects something else finds it malformed.
/// </summary>
public sealed class AttributeValue
{
    /// <summary>Text.</summary>
    public string? S { get; init; }

    /// <summary>A number, in plain or exponent form: DynamoDB sends numbers as text, so that no digit is lost.</summary>
    public string? N { get; init; }

    public bool? BOOL { get; init; }

    public List<AttributeValue>? L { get; init; }

    public Dictionary<string, AttributeValue>? M { get; init; }
}
