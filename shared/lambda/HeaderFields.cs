using System.Text;
using System.Text.Json;

namespace AiGateway.Lambda;

/// <summary>Headers where they stand in an event: a decision asks for a dozen of the two dozen that a call has.</summary>
internal sealed class HeaderFields(ReadOnlyMemory<byte> json)
{
    private const int QuotesLength = 2;

    // A call of the gateway has about 25.
    private Field[] fields = new Field[32];
    private int count;
    private bool hasEscapedNames;

    /// <summary>Where both stand in the document, quotes included.</summary>
    public void Add(Range name, Range value)
    {
        if (count == fields.Length)
        {
            Array.Resize(ref fields, count * 2);
        }

        hasEscapedNames |= json.Span[name].Contains((byte)'\\');
        fields[count++] = new Field(name.Start.Value, name.End.Value - name.Start.Value, value);
    }

    /// <summary>The last one of that name, in any case; null: there is none.</summary>
    public string? Find(string name)
    {
        var bytes = json.Span;
        for (var i = count - 1; i >= 0; i--)
        {
            ref readonly var field = ref fields[i];
            if ((field.NameLength == name.Length + QuotesLength || hasEscapedNames) && IsNamed(bytes.Slice(field.NameStart, field.NameLength), name))
            {
                return EventText.Text(bytes[field.Value]);
            }
        }

        return null;
    }

    private static bool IsNamed(ReadOnlySpan<byte> quoted, string name)
    {
        var inner = quoted[1..^1];
        return inner.Length == name.Length
            ? Ascii.EqualsIgnoreCase(inner, name) && !name.Contains('\\')
            : inner.Contains((byte)'\\') && string.Equals(EventText.Text(quoted), name, StringComparison.OrdinalIgnoreCase);
    }

    private readonly record struct Field(int NameStart, int NameLength, Range Value);
}
