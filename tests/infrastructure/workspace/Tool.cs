using System.Diagnostics;

namespace AiGateway.Infrastructure.Tests.Workspace;

/// <summary>What a tool said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    public ToolResult OrFail(string what)
    {
        Assert.True(ExitCode == 0, $"{what} ended with {ExitCode}:\n{Errors}\n{Output}");
        return this;
    }
}

/// <summary>Runs a tool to its end, bounded in time.</summary>
internal static class Tool
{
    public static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(20);

    public static async Task<ToolResult> RunAsync(
        string name,
        IEnumerable<string> arguments,
        string folder,
        string input = "",
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(name)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var late = new CancellationTokenSource(TimeMax);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{name} {string.Join(' ', arguments)} ran for more than {TimeMax}.");
        }

        return new ToolResult(process.ExitCode, await output, await errors);
    }
}
