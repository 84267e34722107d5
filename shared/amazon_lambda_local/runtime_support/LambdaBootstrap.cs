#nullable disable

using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Asks for the next event, has it handled, sends back the reply or the error, and so on.</summary>
/// <remarks>
/// A call of the Runtime API that fails ends the loop with that exception, as in the published package: the process
/// exits and Lambda starts another one. Only the handler's own failures are reported and survived.
/// </remarks>
public class LambdaBootstrap : IDisposable
{
    // Lambda freezes the process while it waits for an event: the wait can take hours of the wall clock.
    private static readonly TimeSpan NextTimeout = TimeSpan.FromHours(12);

    private const int LoggedCharactersMax = 10_000;

    private readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;
    private readonly ILambdaSerializer _serializer;
    private readonly LambdaBootstrapInitializer _initializer;
    private readonly HttpClient _ownHttpClient;
    private readonly RuntimeApiClient _runtimeApi;
    private readonly LambdaEnvironment _environment = LambdaEnvironment.Read();

    internal LambdaBootstrap(
        Func<Stream, ILambdaContext, Task<Stream>> handler,
        ILambdaSerializer serializer,
        LambdaBootstrapInitializer initializer,
        HttpClient httpClient,
        LambdaBootstrapOptions options)
    {
        _handler = handler ?? throw new ArgumentNullException(nameof(handler));
        _serializer = serializer;
        _initializer = initializer;
        _ownHttpClient = httpClient is null ? new HttpClient(new SocketsHttpHandler()) : null;
        httpClient ??= _ownHttpClient;
        httpClient.Timeout = NextTimeout;
        _runtimeApi = new RuntimeApiClient(httpClient, LambdaEnvironment.RuntimeApi(options));
    }

    /// <summary>Serves events until it is cancelled: between two of them, never in the middle of one.</summary>
    /// <exception cref="Exception">The initializer's, once reported; or a failed call of the Runtime API.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_initializer is not null && !await InitializeAsync())
        {
            return;
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var invocation = await _runtimeApi.NextAsync(cancellationToken);
                await ServeAsync(invocation);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ownHttpClient?.Dispose();
        }
    }

    // A log event has at most 1 MB; a message that quotes its input could be longer than that.
    private static Task WriteAsync(Exception failure)
    {
        var text = failure.ToString();
        return Console.Error.WriteLineAsync(text.AsMemory(0, Math.Min(text.Length, LoggedCharactersMax)));
    }

    private async Task<bool> InitializeAsync()
    {
        try
        {
            return await _initializer();
        }
        catch (Exception failure)
        {
            await WriteAsync(failure);
            await _runtimeApi.ReportInitErrorAsync(failure);
            throw;
        }
    }

    private async Task ServeAsync(Invocation invocation)
    {
        // Here and not in an async helper: the X-Ray and OpenTelemetry SDKs read it while the handler runs.
        Environment.SetEnvironmentVariable(LambdaEnvironment.TraceIdVariable, invocation.TraceId);
        Stream reply;
        try
        {
            reply = await _handler(invocation.Body, new LambdaContext(invocation, _environment, _serializer));
        }
        catch (Exception failure)
        {
            await WriteAsync(failure);
            await _runtimeApi.ReportErrorAsync(invocation, failure);
            return;
        }

        await using (reply ?? Stream.Null)
        {
            await _runtimeApi.RespondAsync(invocation, reply ?? Stream.Null);
        }
    }
}
