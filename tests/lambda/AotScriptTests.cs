using System.Diagnostics;

namespace AiGateway.Lambda.Tests;

/// <summary>What <c>local/aot.sh</c> says before it builds anything; a build of its own takes minutes.</summary>
public sealed class AotScriptTests : IDisposable
{
    private readonly DirectoryInfo tools = Directory.CreateTempSubdirectory("aot-tools-");

    [Theory]
    [InlineData("")]
    [InlineData("--function budget_enforcement")]
    [InlineData("--function budget_enforcement --output")]
    [InlineData("--function no_such_function --output out")]
    [InlineData("--function ../local --output out")]
    [InlineData("--function budget_enforcement --output out --framework net8.0")]
    [InlineData("--function budget_enforcement --output out --packages both")]
    [InlineData("--function budget_enforcement --output out --arch mips")]
    public void Bad_usage_exits_with_two_and_says_what_is_right(string arguments)
    {
        var (exitCode, output, error) = Run(arguments, Environment.GetEnvironmentVariable("PATH")!);

        Assert.Equal(2, exitCode);
        Assert.Equal("", output);
        Assert.NotEqual("", error);
    }

    [Theory]
    [InlineData("dotnet", ".NET SDK")]
    [InlineData("gcc", "apt-get install -y clang")]
    [InlineData("objcopy", "apt-get install -y binutils")]
    public void A_missing_tool_exits_with_three_and_names_what_installs_it(string missing, string named)
    {
        foreach (var tool in new[] { "dotnet", "gcc", "objcopy" }.Where(tool => tool != missing))
        {
            Stub(tool);
        }

        var (exitCode, output, error) = Run("--function budget_enforcement --output out", PathOfStubs());

        Assert.Equal(3, exitCode);
        Assert.Equal("", output);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }

    public void Dispose() => tools.Delete(recursive: true);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AiGateway.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("AiGateway.sln is in no folder above.");
        }

        return folder.FullName;
    }

    private static (int ExitCode, string Output, string Error) Run(string arguments, string path)
    {
        var start = new ProcessStartInfo("/bin/bash", $"{Root()}/local/aot.sh {arguments}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment = { ["PATH"] = path },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private void Stub(string tool) =>
        File.CreateSymbolicLink(Path.Combine(tools.FullName, tool), "/bin/false");

    // The stubs and what the script itself needs, and no compiler that this machine may have.
    private string PathOfStubs()
    {
        foreach (var tool in new[] { "dirname", "uname", "cat" })
        {
            var real = new[] { "/usr/bin/", "/bin/" }.Select(folder => folder + tool).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(tools.FullName, tool), real);
        }

        return tools.FullName;
    }
}
