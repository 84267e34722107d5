using System.IO.Compression;
using AiGateway.Local.Tests.Dev;

namespace AiGateway.Local.Tests.Packaging;

/// <summary><c>./dev package</c>, but for the compiler: the binaries are made here, everything else is the script's own work.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PackageScriptTests : IDisposable
{
    private static readonly string[] s_functions =
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "functions")).Select(folder => Path.GetFileName(folder)).Order()];

    private readonly string _folder = Directory.CreateTempSubdirectory("package").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("x86_64", 62)]
    [InlineData("arm64", 183)]
    public async Task Makes_one_archive_a_function_under_the_name_that_terraform_and_sam_take(string architecture, byte machine)
    {
        Build(new MadeElf { Machine = machine });

        var run = await PackageAsync("--arch", architecture, "--framework", "net10.0", "--no-smoke");

        Assert.True(run.Code == 0, run.Errors);
        var archives = s_functions.Select(name => Path.Combine(_folder, "out", $"{name}-{architecture}.zip")).ToList();
        Assert.Equal(archives, Directory.GetFiles(Path.Combine(_folder, "out")).Order());
        Assert.Equal(archives.Select(file => $"{file}\t{architecture}\t2.34"), run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[..line.LastIndexOf('\t')]));
        Assert.Contains($"{s_functions.Length} of {s_functions.Length}: {s_functions[^1]} for {architecture}", run.Errors);
        var template = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "template.yaml"));
        Assert.All(s_functions, name => Assert.Contains($"artifacts/package/{name}-${{Architecture}}.zip", template));
        var terraform = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "infrastructure", "main.functions.tf"));
        Assert.Contains("/${name}-${var.functions.architecture}.zip\"", terraform);
    }

    /// <summary>Another time, other rights, another folder's name: the same bytes.</summary>
    [Fact]
    public async Task The_same_binary_gives_the_same_archive_byte_for_byte()
    {
        Build(new MadeElf());
        await PackageAsync("--arch", "x86_64", "--no-smoke");
        var first = s_functions.Select(name => File.ReadAllBytes(Archive(name))).ToList();
        foreach (var name in s_functions)
        {
            File.SetLastWriteTimeUtc(Binary(name), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
            File.SetUnixFileMode(Binary(name), UnixFileMode.UserRead);
            File.SetLastWriteTimeUtc(Archive(name), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        }

        var second = await PackageAsync("--arch", "x86_64", "--no-smoke");

        Assert.True(second.Code == 0, second.Errors);
        Assert.Equal(first, s_functions.Select(name => File.ReadAllBytes(Archive(name))));
        using var zip = ZipFile.OpenRead(Archive(s_functions[0]));
        Assert.Equal(new MadeElf().ToBytes().Length, zip.Entries.Single().Length);
    }

    [Fact]
    public async Task What_lambda_could_not_start_is_refused_and_not_left_to_be_deployed()
    {
        Build(new MadeElf { Versions = ["GLIBC_2.38"] });

        var run = await PackageAsync("--arch", "x86_64", "--no-smoke");

        Assert.Equal(1, run.Code);
        Assert.Contains("bootstrap needs GLIBC_2.38", run.Errors);
        Assert.Empty(run.Output);
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "out")));
    }

    [Theory]
    [InlineData("there is no 'x64': x86_64 or arm64", "--arch", "x64")]
    [InlineData("there is no 'net8.0'", "--framework", "net8.0")]
    [InlineData("there is no 'git'", "--packages", "git")]
    [InlineData("there is no function 'nothing'. Functions: budget_enforcement, cost_attribution", "--function", "nothing")]
    [InlineData("--output needs a value", "--output")]
    [InlineData("'now' is not understood here", "now")]
    [InlineData("there is no folder /nowhere", "--built", "/nowhere")]
    public async Task A_wrong_command_line_is_exit_2_with_what_is_wrong(string sentence, params string[] args)
    {
        var run = await Script.RunAsync("dev", ["package", .. args]);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains(sentence, run.Errors);
        Assert.Contains("see ./dev package --help", run.Errors);
    }

    [Fact]
    public async Task A_function_that_was_not_built_is_named()
    {
        var run = await PackageAsync("--no-smoke");

        Assert.Equal(1, run.Code);
        Assert.Contains($"there is no {_folder}/built/{s_functions[0]}/bootstrap", run.Errors);
    }

    [Fact]
    public async Task Help_says_every_option()
    {
        var run = await Script.RunAsync("dev", ["package", "--help"]);

        Assert.Equal((0, ""), (run.Code, run.Errors));
        Assert.All(
            ["--function", "--arch", "--packages", "--framework", "--output", "--built", "--no-smoke", "exit: 0 built"],
            option => Assert.Contains(option, run.Output));
    }

    private Task<(int Code, string Output, string Errors)> PackageAsync(params string[] args)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "built"));
        return Script.RunAsync(
            "dev", ["package", "--built", Path.Combine(_folder, "built"), "--output", Path.Combine(_folder, "out"), .. args]);
    }

    private void Build(MadeElf elf)
    {
        foreach (var name in s_functions)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Binary(name))!);
            File.WriteAllBytes(Binary(name), elf.ToBytes());
        }
    }

    private string Binary(string name) => Path.Combine(_folder, "built", name, "bootstrap");

    private string Archive(string name) => Path.Combine(_folder, "out", $"{name}-x86_64.zip");
}
