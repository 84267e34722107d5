using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AiGateway.Domain;

/// <summary>
/// Writes one JSON document as UTF-8, into room that is used again for the next one: what a decision sends and logs. Commas come by themselves; that what is
/// opened is closed is the caller's to see to. Texts of plain ASCII are copied, all others are escaped by .NET's own writer, so that both write the same
/// (tests hold them against each other).
/// </summary>
/// <remarks>It stands in for <see cref="Utf8JsonWriter"/> where a decision writes some hundred members: that one cost it a tenth of its time.</remarks>
public sealed class JsonText(int room = 1_024)
{
    // The longest: a decimal with its sign, point and 29 digits, or an instant.
    private const int NumberBytesMax = 40;

    /// <summary>Nobody reads it as HTML. Quotes, control characters and the like are escaped all the same.</summary>
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(character => (byte)character).Except("\"\\"u8.ToArray())]);

    private byte[] bytes = new byte[room];
    private int length;
    private ArrayBufferWriter<byte>? escaped;
    private Utf8JsonWriter? escaping;

    /// <summary>What is written so far.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    public int Capacity => bytes.Length;

    /// <summary>Begins the next document.</summary>
    public void Clear() => length = 0;

    public void BeginObject() => Open((byte)'{');

    public void EndObject() => Close((byte)'}');

    public void BeginArray() => Open((byte)'[');

    public void EndArray() => Close((byte)']');

    /// <summary>A member's name; its value is written next.</summary>
    public void Name(ReadOnlySpan<char> name)
    {
        Text(name);
        Close((byte)':');
    }

    public void Text(ReadOnlySpan<char> text)
    {
        // A comma and two quotes.
        Grow(text.Length + 3);
        Separate();
        bytes[length++] = (byte)'"';
        Append(text);
        Close((byte)'"');
    }

    /// <summary>A text in parts.</summary>
    public void BeginText() => Open((byte)'"');

    public void EndText() => Close((byte)'"');

    /// <summary>A part of a text that was begun.</summary>
    public void Append(ReadOnlySpan<char> part)
    {
        Grow(part.Length + 1);
        var target = bytes.AsSpan(length);
        if (Ascii.FromUtf16(part, target, out var count) == OperationStatus.Done && !target[..count].ContainsAnyExcept(Plain))
        {
            length += count;
        }
        else
        {
            Escape(part);
        }
    }

    /// <summary>As a part of a text: plain and without zeros at the end.</summary>
    public void Append(decimal number)
    {
        Grow(NumberBytesMax);
        var target = bytes.AsSpan(length);
        if (number.Scale == 0 && number is >= 0m and <= long.MaxValue)
        {
            ((long)number).TryFormat(target, out var digits, default, CultureInfo.InvariantCulture);
            length += digits;
            return;
        }

        number.TryFormat(target, out var count, default, CultureInfo.InvariantCulture);
        var shortest = WithoutZeros(target[..count]);
        shortest.CopyTo(target);
        length += shortest.Length;
    }

    public void Append(long number)
    {
        Grow(NumberBytesMax);
        number.TryFormat(bytes.AsSpan(length), out var count, default, CultureInfo.InvariantCulture);
        length += count;
    }

    /// <summary>As ISO 8601 in UTC, to the tick: always of the same length.</summary>
    public void Append(DateTimeOffset instant)
    {
        Grow(NumberBytesMax);
        instant.UtcDateTime.TryFormat(bytes.AsSpan(length), out var count, "O", CultureInfo.InvariantCulture);
        length += count;
    }

    public void Member(ReadOnlySpan<char> name, ReadOnlySpan<char> text)
    {
        Name(name);
        Text(text);
    }

    public void Member(ReadOnlySpan<char> name, long number)
    {
        Name(name);
        Number(number);
    }

    public void Member(ReadOnlySpan<char> name, bool value)
    {
        Name(name);
        Boolean(value);
    }

    public void Number(long number)
    {
        Separate();
        Append(number);
    }

    /// <summary>Plain, with the decimals that it has.</summary>
    public void Number(decimal number)
    {
        Separate();
        Grow(NumberBytesMax);
        number.TryFormat(bytes.AsSpan(length), out var count, default, CultureInfo.InvariantCulture);
        length += count;
    }

    /// <summary>A number as a text, plain and without zeros at the end: no reader makes a binary float of it.</summary>
    public void NumberAsText(decimal number)
    {
        BeginText();
        Append(number);
        EndText();
    }

    /// <summary>As ISO 8601 in UTC, without a fraction or zeros at its end that say nothing.</summary>
    public void Instant(DateTimeOffset instant)
    {
        BeginText();
        Append(instant);
        // Without its Z, which is put back.
        length = WithoutZeros(Written[..^1]).Length;
        Close((byte)'Z');
        EndText();
    }

    public void Boolean(bool value)
    {
        Separate();
        Literal(value ? "true"u8 : "false"u8);
    }

    /// <summary>As it stands, without a comma before it: parts of JSON that are known when the program is written.</summary>
    public void Literal(ReadOnlySpan<byte> json)
    {
        Grow(json.Length);
        json.CopyTo(bytes.AsSpan(length));
        length += json.Length;
    }

    private static ReadOnlySpan<byte> WithoutZeros(ReadOnlySpan<byte> number)
    {
        var shortest = number.Contains((byte)'.') ? number.TrimEnd((byte)'0').TrimEnd((byte)'.') : number;
        return shortest.SequenceEqual("-0"u8) ? "0"u8 : shortest;
    }

    private void Open(byte bracket)
    {
        Separate();
        Close(bracket);
    }

    private void Close(byte mark)
    {
        Grow(1);
        bytes[length++] = mark;
    }

    // A comma, unless something was just opened or named.
    private void Separate()
    {
        if (length > 0 && bytes[length - 1] is not ((byte)'{' or (byte)'[' or (byte)':'))
        {
            Close((byte)',');
        }
    }

    private void Grow(int following)
    {
        if (bytes.Length - length < following)
        {
            Enlarge(following);
        }
    }

    // Apart, so that what is asked for every part is short.
    private void Enlarge(int following) => Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + following));

    private void Escape(ReadOnlySpan<char> text)
    {
        escaped ??= new ArrayBufferWriter<byte>(256);
        escaping ??= new Utf8JsonWriter(escaped, Relaxed);
        escaped.ResetWrittenCount();
        escaping.Reset();
        escaping.WriteStringValue(text);
        escaping.Flush();
        var inner = escaped.WrittenSpan[1..^1];
        Grow(inner.Length);
        inner.CopyTo(bytes.AsSpan(length));
        length += inner.Length;
    }
}
