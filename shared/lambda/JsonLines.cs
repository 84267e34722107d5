using System.Text;

namespace AiGateway.Lambda;

/// <summary>Where logs and metrics go: whole lines, never mixed, each in one write.</summary>
public sealed class JsonLines(TextWriter output)
{
    private readonly Lock writing = new();
    private char[] characters = new char[4_096];

    /// <summary>The process's standard output, which Lambda hands to CloudWatch Logs line by line.</summary>
    /// <remarks>
    /// Not <see cref="Console.Out"/>: the published runtime support replaces it by a writer that puts a time, the
    /// request id and a level before each line, and such a line is neither JSON nor a metric.
    /// </remarks>
    public static JsonLines ToStandardOutput()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new JsonLines(new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 16_384));
    }

    internal void Write(ReadOnlySpan<byte> json)
    {
        lock (writing)
        {
            if (characters.Length <= json.Length)
            {
                characters = new char[json.Length + 1];
            }

            var length = Encoding.UTF8.GetChars(json, characters);
            characters[length] = '\n';
            output.Write(characters.AsSpan(0, length + 1));
            output.Flush();
        }
    }
}
