using System.ComponentModel;
using System.Diagnostics;

namespace AiGateway.Local.Gateway;

/// <summary>What a program that was run to its end said.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs a program; null where there is no such program.</summary>
    public static async Task<ToolRun?> StartAsync(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        CancellationToken stop,
        string? input = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Begin(program, arguments, folder, input, environment);
        if (process is null)
        {
            return null;
        }

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop);
            var errors = process.StandardError.ReadToEndAsync(stop);
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), stop);
                process.StandardInput.Close();
            }

            await process.WaitForExitAsync(stop);
            return new ToolRun(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process? Begin(
        string program,
        IReadOnlyList<string> arguments,
        string folder,
        string? input,
        IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = input is not null,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
