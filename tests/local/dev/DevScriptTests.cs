namespace AiGateway.Local.Tests.Dev;

/// <summary><c>./dev</c> as a shell runs it: usage, help, exit codes, what it says of a missing tool.</summary>
public static class DevScriptTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(2, "fly")]
    [InlineData(2, "demo", "extra", "words")]
    [InlineData(2, "test", "--fast")]
    [InlineData(2, "test", "no_such_project")]
    [InlineData(2, "mutants", "no_such_folder")]
    [InlineData(2, "aot", "now")]
    [InlineData(2, "bench", "everything")]
    [InlineData(2, "bench", "--load-seconds", "0")]
    public static async Task A_wrong_command_line_is_exit_2_with_nothing_on_standard_output(int code, params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal(code, run.Code);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Errors);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("demo", "--help")]
    [InlineData("replay", "--help")]
    [InlineData("up", "--help")]
    [InlineData("test", "--help")]
    [InlineData("nightly", "--help")]
    [InlineData("mutants", "--help")]
    [InlineData("aot", "--help")]
    [InlineData("bench", "--help")]
    public static async Task Help_is_a_result_on_standard_output(params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal(0, run.Code);
        Assert.StartsWith("usage: ./dev", run.Output);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public static async Task An_unknown_command_is_answered_with_the_list()
    {
        var run = await RunAsync("fly");

        Assert.Contains("there is no command 'fly'", run.Errors);
        Assert.Contains("demo, replay, up, test", run.Errors);
    }

    /// <summary>Without a terminal nobody is asked and nothing is installed.</summary>
    [Theory]
    [InlineData("demo", "the .NET SDK is missing")]
    [InlineData("test", "the .NET SDK is missing")]
    public static async Task A_missing_tool_is_exit_3_and_named_with_how_to_get_it(string command, string sentence)
    {
        var run = await RunAsync([command], path: PathWith("bash", "dirname", "readlink", "id", "sed", "head"));

        Assert.Equal(3, run.Code);
        Assert.Contains(sentence, run.Errors);
        Assert.Contains("https://", run.Errors);
        Assert.Empty(run.Output);
    }

    [Fact]
    public static async Task A_missing_java_is_named_with_the_command_that_installs_it()
    {
        var run = await RunAsync(["demo"], path: PathWith("bash", "dirname", "readlink", "id", "sed", "head", "dotnet", "apt-get"));

        Assert.Equal(3, run.Code);
        Assert.Contains("Java 17 or newer is missing. Install it:", run.Errors);
    }

    private static Task<(int Code, string Output, string Errors)> RunAsync(params string[] args) => RunAsync(args, path: null);

    private static Task<(int Code, string Output, string Errors)> RunAsync(string[] args, string? path) =>
        Script.RunAsync("dev", args, path);

    /// <summary>A folder with links to these tools and to no others; those that are not on this machine are left out.</summary>
    private static string PathWith(params string[] tools)
    {
        var folder = Directory.CreateTempSubdirectory("path").FullName;
        foreach (var tool in tools)
        {
            if (Script.Find(tool) is { } file)
            {
                File.CreateSymbolicLink(Path.Combine(folder, tool), file);
            }
        }

        return folder;
    }
}
