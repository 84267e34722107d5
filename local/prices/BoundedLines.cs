using System.Text;

namespace AiGateway.Local.Prices;

/// <summary>Lines of any length, of which at most so much is kept: a hostile line costs no memory.</summary>
internal sealed class BoundedLines(TextReader input)
{
    internal const int LengthMax = 1 << 20;

    private readonly char[] buffer = new char[8192];
    private int at;
    private int filled;

    /// <summary>The next line. At the end, <c>Text</c> is null and <c>IsTooLong</c> false.</summary>
    internal async Task<(string? Text, bool IsTooLong)> ReadAsync(CancellationToken stop)
    {
        var line = new StringBuilder();
        var isTooLong = false;
        var any = false;
        while (at < filled || await FillAsync(stop))
        {
            any = true;
            var rest = buffer.AsMemory(at, filled - at);
            var end = rest.Span.IndexOf('\n');
            var part = end < 0 ? rest : rest[..end];
            isTooLong |= line.Length + part.Length > LengthMax;
            line = isTooLong ? line.Clear() : line.Append(part.Span);
            at += part.Length + (end < 0 ? 0 : 1);
            if (end >= 0)
            {
                break;
            }
        }

        return any ? (isTooLong ? null : line.ToString().TrimEnd('\r'), isTooLong) : (null, false);
    }

    private async Task<bool> FillAsync(CancellationToken stop)
    {
        (at, filled) = (0, await input.ReadAsync(buffer, stop));
        return filled > 0;
    }
}
