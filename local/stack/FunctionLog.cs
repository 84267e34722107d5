namespace AiGateway.Local.Stack;

/// <summary>Where the functions' own lines go: one writer for many processes, line by line, as CloudWatch Logs would have them.</summary>
internal sealed class FunctionLog(TextWriter writer, bool withName)
{
    private readonly Lock _lock = new();

    public void Write(string function, string line)
    {
        lock (_lock)
        {
            if (withName)
            {
                writer.Write(function);
                writer.Write(' ');
            }

            writer.WriteLine(line);
            writer.Flush();
        }
    }
}
