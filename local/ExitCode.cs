namespace AiGateway.Local;

/// <summary>How every command of <c>./dev</c> ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some input was bad; the rest was done.</summary>
    public const int BadInput = 1;

    /// <summary>The command line was wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>A tool is missing; it is named with the command that installs it.</summary>
    public const int ToolMissing = 3;

    /// <summary>Ctrl-C, as a shell reports it.</summary>
    public const int Interrupted = 130;
}
