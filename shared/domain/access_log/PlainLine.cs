namespace AiGateway.Domain.AccessLog;

/// <summary>
/// A line as the gateway writes it: one flat object without blanks, its texts without escapes, its numbers whole. Any other line is
/// left to the JSON reader, which also finds out whether it is one: this says the same about less, in a fraction of the time.
/// </summary>
/// <param name="line">All bytes of the line, which are plain.</param>
/// <param name="scan">Where its quotes stand.</param>
/// <param name="order">Of the lines before.</param>
/// <param name="texts">For the strings of lists.</param>
internal ref struct PlainLine(ReadOnlySpan<byte> line, PlainScan scan, FieldOrder order, LineTexts texts)
{
    public const int ListItemsMax = 1000;

    private readonly ReadOnlySpan<byte> line = line;
    private int at;

    /// <summary>False: it is not such a line, and what was added says nothing.</summary>
    public bool TryFill(FlatFields fields)
    {
        if (!Takes((byte)'{'))
        {
            return false;
        }

        var field = FieldOrder.None;
        do
        {
            if (!TryName(ref field))
            {
                return false;
            }

            var isRead = KnownFields.IsRead(field);
            if (!TryValue(isRead, out var value, out var list))
            {
                return false;
            }

            if (isRead && value.Kind != FieldKind.Absent)
            {
                fields.Add(field, value, list);
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

    // Of the field before, then of this one.
    private bool TryName(ref int field)
    {
        var expected = order.After(field);
        if (Takes(KnownFields.WrittenOf(expected)))
        {
            field = expected;
            return true;
        }

        if (!TryText(out var start, out var length) || !Takes((byte)':'))
        {
            return false;
        }

        var found = KnownFields.Find(line.Slice(start, length));
        if (found >= 0)
        {
            order.Learn(field, found);
        }

        field = found;
        return true;
    }

    private bool TryText(out int start, out int length)
    {
        start = at + 1;
        length = 0;
        if (!Takes((byte)'"') || at == line.Length)
        {
            return false;
        }

        length = scan.QuoteFrom(start) - start;
        at = start + length + 1;
        return length >= 0;
    }

    // Absent: null.
    private bool TryValue(bool isWanted, out FieldValue value, out List<string>? list)
    {
        value = default;
        list = null;
        var first = at < line.Length ? line[at] : default;
        switch (first)
        {
            case (byte)'"':
                var isText = TryText(out var start, out var length);
                value = isText ? FieldValue.OfText(start, length) : default;
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
                value = new(FieldKind.List);
                return TryList(isWanted, out list);
            default:
                return false;
        }
    }

    // Whatever follows the digits of a number that is not whole is neither a comma nor the end.
    private FieldValue Number()
    {
        var start = at;
        long whole = line[at++] - '0';
        if (whole != 0)
        {
            while (at < line.Length && char.IsAsciiDigit((char)line[at]))
            {
                whole = unchecked((whole * 10) + (line[at++] - '0'));
            }
        }

        return FieldValue.OfNumber(at - start <= FieldValue.DigitsWithoutOverflow ? whole : FieldValue.WholeOf(line[start..at]));
    }

    private bool TryList(bool isWanted, out List<string> items)
    {
        items = [];
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

        return true;
    }
}
