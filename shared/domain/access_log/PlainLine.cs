using System.Buffers;

namespace AiGateway.Domain.AccessLog;

/// <summary>
/// A line as the gateway writes it: one flat object without blanks, its texts without escapes, its numbers whole. Any other line is
/// left to the JSON reader, which also finds out whether it is one: this says the same about less, in half the time.
/// </summary>
internal ref struct PlainLine(ReadOnlySpan<byte> line, LineTexts texts)
{
    public const int ListItemsMax = 1000;

    // Escapes; and what a text may not have, and has to stand as an escape in it.
    private static readonly SearchValues<byte> NotPlain =
        SearchValues.Create([(byte)'\\', .. Enumerable.Range(0, ' ').Select(control => (byte)control)]);

    private readonly ReadOnlySpan<byte> line = line;
    private int at;

    /// <summary>False: it is not such a line, and what was added says nothing.</summary>
    public bool TryFill(FlatFields fields)
    {
        if (line.ContainsAny(NotPlain) || !Takes((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!TryText(out var start, out var length) || !Takes((byte)':'))
            {
                return false;
            }

            var field = KnownFields.Find(line.Slice(start, length));
            if (!TryValue(isWanted: field >= 0, out var value))
            {
                return false;
            }

            if (field >= 0 && value.Kind != FieldKind.Absent)
            {
                fields.Add(field, value);
            }
        }
        while (Takes((byte)','));

        return Takes((byte)'}') && at == line.Length;
    }

    private bool Takes(byte one)
    {
        if (at >= line.Length || line[at] != one)
        {
            return false;
        }

        at++;
        return true;
    }

    private bool Takes(ReadOnlySpan<byte> word)
    {
        if (!line[at..].StartsWith(word))
        {
            return false;
        }

        at += word.Length;
        return true;
    }

    private bool TryText(out int start, out int length)
    {
        start = at + 1;
        length = 0;
        if (!Takes((byte)'"'))
        {
            return false;
        }

        length = line[start..].IndexOf((byte)'"');
        at = start + length;
        return length >= 0 && Takes((byte)'"');
    }

    // Absent: null.
    private bool TryValue(bool isWanted, out FieldValue value)
    {
        value = default;
        var first = at < line.Length ? line[at] : default;
        switch (first)
        {
            case (byte)'"':
                var isText = TryText(out var start, out var length);
                value = new(FieldKind.Text, start, length);
                return isText;
            case >= (byte)'0' and <= (byte)'9':
                value = Number();
                return true;
            case (byte)'t':
                value = new(FieldKind.True);
                return Takes("true"u8);
            case (byte)'f':
                value = new(FieldKind.False);
                return Takes("false"u8);
            case (byte)'n':
                return Takes("null"u8);
            case (byte)'[':
                return TryList(isWanted, out value);
            default:
                return false;
        }
    }

    // Whatever follows the digits of a number that is not whole is neither a comma nor the end.
    private FieldValue Number()
    {
        var start = at;
        var rest = line[at] == (byte)'0' ? 1 : line[at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        at = rest < 0 ? line.Length : at + rest;
        return new(FieldKind.Number, start, at - start);
    }

    private bool TryList(bool isWanted, out FieldValue value)
    {
        value = default;
        var items = new List<string>();
        at++;
        if (!Takes((byte)']'))
        {
            do
            {
                if (items.Count == ListItemsMax || !TryText(out var start, out var length))
                {
                    return false;
                }

                items.Add(isWanted ? texts.Of(line.Slice(start, length)) : "");
            }
            while (Takes((byte)','));

            if (!Takes((byte)']'))
            {
                return false;
            }
        }

        value = new(FieldKind.List, made: items);
        return true;
    }
}
