using System.Text;
using System.Text.Json;

namespace AiGateway.Lambda;

/// <summary>Headers where they stand in an event: a decision asks for a dozen of the two dozen that a call has.</summary>
internal sealed class HeaderFields(ReadOnlyMemory<byte> json)
{
    // A call of the gateway has about 25.
    private Field[] fields = new Field[32];
    private int count;

    /// <summary>Both without their quotes' positions: a range of the document each, quotes included.</summary>
    public void Add(Range name, Range value)
    {
        if (count == fields.Length)
        {
            Array.Resize(ref fields, count * 2);
        }

        fields[count++] = new Field(name, value);
    }

    /// <summary>The last one of that name, in any case; null: there is none.</summary>
    public string? Find(string name)
    {
        var bytes = json.Span;
        for (var i = count - 1; i >= 0; i--)
        {
            if (IsNamed(bytes[fields[i].Name], name))
            {
                return EventText.Text(bytes[fields[i].Value]);
            }
        }

        return null;
    }

    private static bool IsNamed(ReadOnlySpan<byte> quoted, string name)
    {
        var inner = quoted[1..^1];
        return inner.Length == name.Length
            ? Ascii.EqualsIgnoreCase(inner, name)
            : inner.Contains((byte)'\\') && string.Equals(EventText.Text(quoted), name, StringComparison.OrdinalIgnoreCase);
    }

    private readonly record struct Field(Range Name, Range Value);
}
