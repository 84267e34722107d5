namespace AiGateway.Local.Stack;

/// <summary>
/// Runs functions as Lambda does: each in processes of its own over the Runtime API, reachable at Function URLs, through the Invoke API, and
/// through a CloudWatch Logs subscription.
/// </summary>
public sealed class FunctionHost : IAsyncDisposable
{
    private readonly Dictionary<string, FunctionPool> _pools = [];
    private readonly Dictionary<string, FunctionUrl> _urls = [];
    private InvokeApi? _invokeApi;

    /// <param name="functions">What to run. Nothing starts before its first event.</param>
    /// <param name="log">Where the functions' own lines go; with <paramref name="withNames"/> each behind its function's name.</param>
    /// <param name="withNames">Whether lines carry the function's name.</param>
    public FunctionHost(IEnumerable<FunctionSpec> functions, TextWriter log, bool withNames = true)
    {
        var lines = new FunctionLog(log, withNames);
        foreach (var spec in functions)
        {
            _pools.Add(spec.Name, new FunctionPool(spec, lines));
        }
    }

    /// <summary>The Invoke API's address once it is served.</summary>
    public Uri InvokeAddress => new($"http://127.0.0.1:{_invokeApi!.Port}/");

    /// <summary>Gives a function a URL on <paramref name="port"/>, or on a free port for 0.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task<Uri> ServeUrlAsync(string function, int port)
    {
        var url = await FunctionUrl.StartAsync(_pools[function], port);
        _urls.Add(function, url);
        return url.Address;
    }

    /// <summary>Serves the Invoke API and the log subscription for all functions.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task<Uri> ServeInvokeApiAsync(int port)
    {
        _invokeApi = await InvokeApi.StartAsync(_pools, port);
        return InvokeAddress;
    }

    /// <summary>One event through one function, as the Invoke API does it.</summary>
    public Task<InvocationResult> InvokeAsync(string function, ReadOnlyMemory<byte> payload) =>
        _pools[function].InvokeAsync(payload);

    /// <summary>How many processes of a function were started so far.</summary>
    public int ProcessesStarted(string function) => _pools[function].Started;

    /// <summary>The processes that run now.</summary>
    public IReadOnlyList<int> ProcessIds() => [.. _pools.Values.SelectMany(pool => pool.ProcessIds)];

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools.Values)
        {
            await pool.DisposeAsync();
        }

        foreach (var url in _urls.Values)
        {
            await url.DisposeAsync();
        }

        if (_invokeApi is not null)
        {
            await _invokeApi.DisposeAsync();
        }
    }
}
