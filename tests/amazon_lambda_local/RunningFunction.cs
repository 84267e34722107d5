using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Amazon.Lambda.Local.Tests;

/// <summary>The real loop in this process, talking to a Runtime API of the test's own.</summary>
internal sealed class RunningFunction : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly LambdaBootstrap bootstrap;

    private RunningFunction(LambdaBootstrapBuilder builder, RuntimeApiServer api)
    {
        bootstrap = builder.ConfigureOptions(options => options.RuntimeApiEndpoint = api.Endpoint).Build();
        Loop = bootstrap.RunAsync(stop.Token);
    }

    public Task Loop { get; }

    public static RunningFunction Start<TInput, TOutput>(
        RuntimeApiServer api, Func<TInput, ILambdaContext, Task<TOutput>> handler) =>
        Start(api, LambdaBootstrapBuilder.Create<TInput, TOutput>(handler, Serializer()));

    public static RunningFunction Start(RuntimeApiServer api, LambdaBootstrapBuilder builder) => new(builder, api);

    public static ILambdaSerializer Serializer() => new SourceGeneratorLambdaJsonSerializer<ProbeJson>();

    public Task StopAsync()
    {
        stop.Cancel();
        return Loop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        bootstrap.Dispose();
        stop.Dispose();
    }
}
