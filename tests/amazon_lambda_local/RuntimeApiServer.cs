using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Amazon.Lambda.Local.Tests;

/// <summary>The Lambda Runtime API over HTTP on a port of this machine, for one function process.</summary>
public sealed class RuntimeApiServer : IAsyncDisposable
{
    private const string Root = "/2018-06-01/runtime";

    private readonly HttpListener listener = new();
    private readonly Channel<LambdaEvent> events = Channel.CreateUnbounded<LambdaEvent>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<LambdaAnswer>> answers = new();
    private readonly TaskCompletionSource<LambdaAnswer> initError =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly CancellationTokenSource stopping = new();
    private readonly Task serving;

    public RuntimeApiServer()
    {
        Endpoint = $"127.0.0.1:{FreePort()}";
        listener.Prefixes.Add($"http://{Endpoint}/");
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>Host and port, as in AWS_LAMBDA_RUNTIME_API.</summary>
    public string Endpoint { get; }

    /// <summary>Completes when the process reports that it could not start.</summary>
    public Task<LambdaAnswer> InitError => initError.Task;

    /// <summary>What <c>next</c> answers with, once, instead of an event.</summary>
    public HttpStatusCode? NextStatus { get; set; }

    /// <summary>What a posted reply is answered with.</summary>
    public HttpStatusCode ReplyStatus { get; set; } = HttpStatusCode.Accepted;

    public int NextCalls { get; private set; }

    /// <summary>Hands the event to the function and waits for its reply or error.</summary>
    public Task<LambdaAnswer> InvokeAsync(LambdaEvent lambdaEvent)
    {
        var answer = answers.GetOrAdd(lambdaEvent.RequestId, _ => NewAnswer());
        events.Writer.TryWrite(lambdaEvent);
        return answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public Task<LambdaAnswer> InvokeAsync(string json) => InvokeAsync(LambdaEvent.Of(json));

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Close();
        await serving;
        stopping.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static TaskCompletionSource<LambdaAnswer> NewAnswer() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ServeAsync()
    {
        var calls = new List<Task>();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                calls.Add(AnswerAsync(await listener.GetContextAsync()));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                break;
            }
        }

        await Task.WhenAll(calls);
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        try
        {
            var path = call.Request.Url!.AbsolutePath;
            if (path == Root + "/invocation/next")
            {
                await NextAsync(call);
                return;
            }

            var answer = await LambdaAnswer.ReadAsync(call.Request);
            call.Response.StatusCode = (int)ReplyStatus;
            call.Response.Close();
            if (path == Root + "/init/error")
            {
                initError.TrySetResult(answer);
                return;
            }

            answers.GetOrAdd(path.Split('/')[4], _ => NewAnswer()).TrySetResult(answer);
        }
        catch (Exception e) when (
            e is OperationCanceledException or HttpListenerException or ObjectDisposedException)
        {
            // The function hung up, or the test is over.
            call.Response.Abort();
        }
    }

    private async Task NextAsync(HttpListenerContext call)
    {
        NextCalls++;
        if (NextStatus is { } status)
        {
            NextStatus = null;
            call.Response.StatusCode = (int)status;
            call.Response.Close();
            return;
        }

        var next = await events.Reader.ReadAsync(stopping.Token);
        call.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = next.RequestId;
        call.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = next.FunctionArn;
        call.Response.Headers["Lambda-Runtime-Deadline-Ms"] =
            next.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        if (next.TraceId is not null)
        {
            call.Response.Headers["Lambda-Runtime-Trace-Id"] = next.TraceId;
        }

        call.Response.ContentType = "application/json";
        await call.Response.OutputStream.WriteAsync(next.Body, stopping.Token);
        call.Response.Close();
    }
}
