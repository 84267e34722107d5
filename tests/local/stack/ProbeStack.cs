using System.Text;
using AiGateway.Local.Stack;

namespace AiGateway.Local.Tests.Stack;

/// <summary>A stack with one function: the probe, in real processes, behind a real Function URL.</summary>
internal sealed class ProbeStack : IAsyncDisposable
{
    private readonly StringWriter _log = new();

    private ProbeStack(FunctionSpec spec) => Host = new FunctionHost([spec], TextWriter.Synchronized(_log));

    public FunctionHost Host { get; }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(100) };

    public string Log => _log.ToString();

    public static string Program => BuiltProgram("StackProbe");

    public static async Task<ProbeStack> StartAsync(
        Func<FunctionSpec, FunctionSpec>? change = null, params (string Name, string Value)[] environment)
    {
        var spec = new FunctionSpec(
            "probe", Program, environment.ToDictionary(one => one.Name, one => one.Value), TimeSpan.FromSeconds(60))
        {
            ConcurrencyMax = 1,
        };
        var stack = new ProbeStack(change is null ? spec : change(spec));
        stack.Http.BaseAddress = await stack.Host.ServeUrlAsync("probe", 0);
        return stack;
    }

    /// <summary>A program of this repository, in the same configuration as the running tests.</summary>
    public static string BuiltProgram(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, $"{project}.dll");
    }

    public async Task<(int Status, string Body)> PostAsync(string path, string body = "")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(path, content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }
}
