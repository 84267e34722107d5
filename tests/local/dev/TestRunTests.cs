using System.Diagnostics;

namespace AiGateway.Local.Tests.Dev;

/// <summary>
/// What <c>./dev test</c> and <c>./dev nightly</c> print and set, with a repository of one project and a <c>dotnet</c>
/// that writes the report it is told to.
/// </summary>
public static class TestRunTests
{
    [Theory]
    [InlineData("""passed="3" failed="0" notExecuted="0" """, 0, "3 passed, 0 failed")]
    [InlineData("""passed="3" failed="0" notExecuted="2" """, 0, "2 skipped\n3 passed, 0 failed")]
    [InlineData("""passed="3" failed="1" notExecuted="2" """, 1, "2 skipped\n3 passed, 1 failed")]
    [InlineData("""passed="0" failed="0" notExecuted="0" """, 1, "0 passed, 1 failed")]
    public static async Task The_last_line_is_exactly_the_two_counts(string counters, int code, string end)
    {
        var run = await RunAsync("test", counters);

        Assert.Equal(code, run.Code);
        Assert.EndsWith($"\n{end}\n", run.Output);
    }

    [Theory]
    [InlineData("test", "")]
    [InlineData("nightly", "1")]
    public static async Task Only_by_night_the_long_tests_are_told_to_run(string command, string nightly)
    {
        var run = await RunAsync(command, """passed="3" failed="0" notExecuted="0" """);

        Assert.Equal($"NIGHTLY={nightly}", run.Seen);
    }

    private static async Task<(int Code, string Output, string Seen)> RunAsync(string command, string counters)
    {
        var root = Directory.CreateTempSubdirectory("dev");
        try
        {
            Prepare(root.FullName, counters);
            var info = new ProcessStartInfo("bash")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            info.ArgumentList.Add(Path.Combine(root.FullName, "dev"));
            info.ArgumentList.Add(command);
            info.ArgumentList.Add("one");
            info.Environment.Remove("NIGHTLY");
            info.Environment["DYNAMODB_ENDPOINT"] = "http://127.0.0.1:1";
            info.Environment["PATH"] = $"{root.FullName}/tools:{Environment.GetEnvironmentVariable("PATH")}";
            using var process = Process.Start(info)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await errors;
            await process.WaitForExitAsync();
            return (process.ExitCode, output, (await File.ReadAllTextAsync(Path.Combine(root.FullName, "seen"))).Trim());
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    // The scripts as they are, and of everything else as much as they look at.
    private static void Prepare(string root, string counters)
    {
        foreach (var folder in new[] { "local/dev", "tests/one", "tools", "functions", "shared", "prices" })
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        foreach (var script in Directory.GetFiles(Path.Combine(Repository.Root, "local/dev")))
        {
            File.Copy(script, Path.Combine(root, "local/dev", Path.GetFileName(script)));
        }

        File.Copy(Path.Combine(Repository.Root, "dev"), Path.Combine(root, "dev"));
        foreach (var file in new[] { "Directory.Build.props", "global.json", ".editorconfig", "AiGateway.sln", "tests/one/One.Tests.csproj" })
        {
            File.WriteAllText(Path.Combine(root, file), "");
        }

        WriteTool(root, "dotnet", $$"""
            #!/bin/sh
            case $1 in --version) echo 10.0.100; exit ;; build) exit ;; esac
            echo "NIGHTLY=$NIGHTLY" > '{{root}}/seen'
            while [ "$1" != -trx ]; do shift; done
            echo '<Counters {{counters}}/>' > "$2"
            """);
        WriteTool(root, "terraform", "#!/bin/sh\n");
    }

    private static void WriteTool(string root, string name, string script)
    {
        var file = Path.Combine(root, "tools", name);
        // A copy keeps the mode: executable.
        File.Copy(Path.Combine(root, "dev"), file);
        File.WriteAllText(file, script);
    }
}
