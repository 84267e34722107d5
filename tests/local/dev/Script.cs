using System.Diagnostics;

namespace AiGateway.Local.Tests.Dev;

/// <summary>Runs a script of the repository as a shell does, outside the repository.</summary>
internal static class Script
{
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string script, string[] args, string? path = null)
    {
        var info = new ProcessStartInfo(Find("bash")!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        info.ArgumentList.Add(Path.Combine(Repository.Root, script));
        foreach (var arg in args)
        {
            info.ArgumentList.Add(arg);
        }

        // Not as in CI, where it would install what is missing; and not the database of the tests.
        info.Environment.Remove("CI");
        info.Environment.Remove("DYNAMODB_ENDPOINT");
        if (path is not null)
        {
            info.Environment["PATH"] = path;
        }

        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    public static string? Find(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, tool))
        .FirstOrDefault(File.Exists);
}
