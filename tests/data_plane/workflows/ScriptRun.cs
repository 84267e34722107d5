using AiGateway.Local.Gateway;

namespace AiGateway.DataPlane.Tests.Workflows;

/// <summary>A folder in which a script runs with stand-ins for the tools it calls, which note how they were called.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class ScriptRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scripts-").FullName;
    private readonly Dictionary<string, string> _environment;

    public ScriptRun()
    {
        Directory.CreateDirectory(PathOf("bin"));
        _environment = new Dictionary<string, string>
        {
            ["PATH"] = PathOf("bin") + ":" + Environment.GetEnvironmentVariable("PATH"),
            ["GITHUB_OUTPUT"] = PathOf("output"),
            ["GITHUB_ENV"] = PathOf("env"),
            ["PINS_FILE"] = PathOf("versions.env"),
            ["REPOSITORY"] = _folder,
            ["GIT_AUTHOR_NAME"] = "Test",
            ["GIT_AUTHOR_EMAIL"] = "test@example.com",
            ["GIT_COMMITTER_NAME"] = "Test",
            ["GIT_COMMITTER_EMAIL"] = "test@example.com",
        };
    }

    public string this[string variable]
    {
        set => _environment[variable] = value;
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Read(string name) => File.Exists(PathOf(name)) ? File.ReadAllText(PathOf(name)) : "";

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    /// <summary>A tool that notes its arguments in <c>calls</c> and then does what the given shell lines say.</summary>
    public void Stub(string tool, string lines)
    {
        Write($"bin/{tool}", $"#!/usr/bin/env bash\necho \"{tool} $*\" >> '{PathOf("calls")}'\n{lines}\n");
        File.SetUnixFileMode(PathOf($"bin/{tool}"), (UnixFileMode)0b111_101_101);
    }

    public async Task<ToolRun> RunAsync(string script, params string[] arguments) => (await ToolRun.StartAsync(
        "bash", [SourceTree.PathOf(script), .. arguments], _folder, CancellationToken.None, environment: _environment))!;

    public async Task<ToolRun> GitAsync(params string[] arguments) =>
        (await ToolRun.StartAsync("git", arguments, _folder, CancellationToken.None, environment: _environment))!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A documented response, with its placeholder filled in.</summary>
    public static string Response(string file, string placeholder = "", string value = "")
    {
        var text = File.ReadAllText(SourceTree.PathOf($"tests/data_plane/workflows/responses/{file}"));
        return placeholder == "" ? text : text.Replace(placeholder, value, StringComparison.Ordinal);
    }
}
