using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace AiGateway.Local.Stack;

/// <summary>
/// The Lambda Runtime API, version 2018-06-01, for one process: it calls for the next event and waits, answers it, and calls again.
/// One event at a time. What the real one refuses (an unknown request id, an answer above 6 MB) is refused with the same words.
/// </summary>
internal sealed class RuntimeApi : IAsyncDisposable
{
    /// <summary>Bytes of an answer at most, as in Lambda.</summary>
    public const int ResponseBytesMax = 6 * 1024 * 1024;

    private const string Version = "/2018-06-01/runtime";

    private readonly FunctionSpec _spec;
    private readonly Channel<Invocation> _events = Channel.CreateBounded<Invocation>(1);
    private readonly TaskCompletionSource<byte[]> _initError = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private LoopbackServer? _server;
    private Invocation? _current;

    private RuntimeApi(FunctionSpec spec) => _spec = spec;

    /// <summary>The value of <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string HostAndPort => $"127.0.0.1:{_server!.Port}";

    /// <summary>Done when the process reported that it could not start: its error document.</summary>
    public Task<byte[]> InitError => _initError.Task;

    public static async Task<RuntimeApi> StartAsync(FunctionSpec spec)
    {
        var api = new RuntimeApi(spec);
        api._server = await LoopbackServer.StartAsync(0, api.HandleAsync);
        return api;
    }

    /// <summary>Hands an event to the process when it next calls for one.</summary>
    public bool Offer(Invocation invocation) => _events.Writer.TryWrite(invocation);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _server!.DisposeAsync();
        _stop.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token);
        try
        {
            await (Route(context.Request) switch
            {
                ("GET", ["invocation", "next"]) => NextAsync(context, stop.Token),
                ("POST", ["invocation", var id, "response"]) => ResponseAsync(context, id, stop.Token),
                ("POST", ["invocation", var id, "error"]) => ErrorAsync(context, id, stop.Token),
                ("POST", ["init", "error"]) => InitErrorAsync(context, stop.Token),
                _ => RefuseAsync(context, StatusCodes.Status404NotFound, "NotFound", "No such part of the Runtime API."),
            });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private static (string Method, string[] Path) Route(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return path.StartsWith(Version + "/", StringComparison.Ordinal)
            ? (request.Method, path[(Version.Length + 1)..].Split('/'))
            : (request.Method, []);
    }

    private async Task NextAsync(HttpContext context, CancellationToken stop)
    {
        var invocation = await _events.Reader.ReadAsync(stop);
        Volatile.Write(ref _current, invocation);
        invocation.MarkDelivered();

        var headers = context.Response.Headers;
        var deadline = DateTimeOffset.UtcNow + _spec.Timeout;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = deadline.ToUnixTimeMilliseconds().ToString();
        headers["Lambda-Runtime-Invoked-Function-Arn"] = _spec.Arn;
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = invocation.Payload.Length;
        await context.Response.Body.WriteAsync(invocation.Payload, stop);
    }

    private async Task ResponseAsync(HttpContext context, string requestId, CancellationToken stop)
    {
        if (Current(requestId) is not { } invocation)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "InvalidRequestID", "Invalid request ID");
            return;
        }

        var body = await RequestBody.ReadAsync(context.Request, ResponseBytesMax, stop);
        if (body is null)
        {
            const string TooLarge = "Function.ResponseSizeTooLarge";
            var sentence = $"Response payload size exceeded maximum allowed payload size ({ResponseBytesMax} bytes).";
            invocation.Finish(ErrorDocument.Failure(TooLarge, sentence));
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, TooLarge, sentence);
            return;
        }

        await AcceptAsync(context);
        Finish(invocation, new InvocationResult.Answered(body));
    }

    private async Task ErrorAsync(HttpContext context, string requestId, CancellationToken stop)
    {
        if (Current(requestId) is not { } invocation)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "InvalidRequestID", "Invalid request ID");
            return;
        }

        var body = await RequestBody.ReadAsync(context.Request, ResponseBytesMax, stop);
        await AcceptAsync(context);
        Finish(invocation, ErrorDocument.FromFunction(body ?? []));
    }

    private async Task InitErrorAsync(HttpContext context, CancellationToken stop)
    {
        var body = await RequestBody.ReadAsync(context.Request, ResponseBytesMax, stop);
        await AcceptAsync(context);
        _initError.TrySetResult(body ?? []);
    }

    private Invocation? Current(string requestId) =>
        Volatile.Read(ref _current) is { } invocation && invocation.RequestId == requestId ? invocation : null;

    private void Finish(Invocation invocation, InvocationResult result)
    {
        Interlocked.CompareExchange(ref _current, null, invocation);
        invocation.Finish(result);
    }

    private static async Task AcceptAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"status":"OK"}""");
        await context.Response.CompleteAsync();
    }

    private static async Task RefuseAsync(HttpContext context, int status, string type, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(ErrorDocument.Write(type, message));
    }
}
