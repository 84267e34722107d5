using System.Text;

namespace AiGateway.Lambda;

/// <summary>Where logs and metrics go: whole lines, never mixed, each in one write.</summary>
public sealed class JsonLines
{
    private readonly Lock writing = new();
    private readonly Stream? stream;
    private readonly TextWriter? text;
    private byte[] line = new byte[4_096];

    /// <summary>UTF-8.</summary>
    public JsonLines(Stream stream) => this.stream = stream;

    /// <summary>A test's.</summary>
    public JsonLines(TextWriter text) => this.text = text;

    /// <summary>The process's standard output, which Lambda hands to CloudWatch Logs line by line.</summary>
    /// <remarks>
    /// Not <see cref="Console.Out"/>: the published runtime support replaces it by a writer that puts a time, the
    /// request id and a level before each line, and such a line is neither JSON nor a metric.
    /// </remarks>
    public static JsonLines ToStandardOutput() => new(Console.OpenStandardOutput());

    internal void Write(ReadOnlySpan<byte> json)
    {
        lock (writing)
        {
            if (line.Length <= json.Length)
            {
                line = new byte[json.Length + 1];
            }

            json.CopyTo(line);
            line[json.Length] = (byte)'\n';
            stream?.Write(line, 0, json.Length + 1);
            stream?.Flush();
            text?.Write(Encoding.UTF8.GetString(line, 0, json.Length + 1));
            text?.Flush();
        }
    }
}
