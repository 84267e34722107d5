using System.Text;
using Microsoft.AspNetCore.Http;

namespace AiGateway.Local.Stack;

/// <summary>
/// Two doors to every function: Lambda's Invoke API (<c>POST /2015-03-31/functions/{name}/invocations</c>, the body is the event), and
/// <c>POST /cloudwatch-logs/{name}</c>, where the body is log lines, delivered as a CloudWatch Logs subscription would.
/// </summary>
internal sealed class InvokeApi : IAsyncDisposable
{
    /// <summary>Bytes of log lines in one request at most.</summary>
    private const int LinesBytesMax = 64 * 1024 * 1024;

    private const int LinesPerPayloadDefault = 100;

    private readonly IReadOnlyDictionary<string, FunctionPool> _pools;
    private LoopbackServer? _server;
    private long _sequence;

    private InvokeApi(IReadOnlyDictionary<string, FunctionPool> pools) => _pools = pools;

    public int Port => _server!.Port;

    public static async Task<InvokeApi> StartAsync(IReadOnlyDictionary<string, FunctionPool> pools, int port)
    {
        var api = new InvokeApi(pools);
        api._server = await LoopbackServer.StartAsync(port, api.HandleAsync);
        return api;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private Task HandleAsync(HttpContext context)
    {
        var path = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (context.Request.Method, path) switch
        {
            ("POST", ["2015-03-31", "functions", var name, "invocations"]) => WithPoolAsync(context, name, InvokeAsync),
            ("POST", ["cloudwatch-logs", var name]) => WithPoolAsync(context, name, DeliverAsync),
            _ => AnswerAsync(context, 404, ErrorDocument.Write(
                "NotFound", "POST /2015-03-31/functions/{name}/invocations or POST /cloudwatch-logs/{name}.")),
        };
    }

    private Task WithPoolAsync(HttpContext context, string name, Func<HttpContext, FunctionPool, Task> handle) =>
        _pools.TryGetValue(name, out var pool)
            ? handle(context, pool)
            : AnswerAsync(context, 404, ErrorDocument.Write(
                "ResourceNotFoundException", $"There is no function '{name}'. Functions: {string.Join(", ", _pools.Keys)}"));

    private static async Task InvokeAsync(HttpContext context, FunctionPool pool)
    {
        var payload = await RequestBody.ReadAsync(context.Request, FunctionUrl.EventBytesMax, context.RequestAborted);
        if (payload is null)
        {
            await AnswerAsync(context, 413, ErrorDocument.Write(
                "RequestTooLargeException", $"Request must be smaller than {FunctionUrl.EventBytesMax} bytes."));
            return;
        }

        var result = await pool.InvokeAsync(payload.Length == 0 ? "{}"u8.ToArray() : payload);
        if (result is InvocationResult.Failed)
        {
            context.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
        }

        await AnswerAsync(context, StatusOf(result, failed: 200), PayloadOf(result));
    }

    /// <summary>Answers with one line for each payload: what the function said. 502 when one of them failed.</summary>
    private async Task DeliverAsync(HttpContext context, FunctionPool pool)
    {
        var body = await RequestBody.ReadAsync(context.Request, LinesBytesMax, context.RequestAborted);
        if (body is null || !TryReadBatch(context.Request, out var linesPerPayload))
        {
            await AnswerAsync(context, body is null ? 413 : 400, ErrorDocument.Write(
                "BadLines", $"The body is log lines, {LinesBytesMax} bytes at most; ?batch= is 1 to 10000 lines a payload."));
            return;
        }

        var lines = Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var status = StatusCodes.Status200OK;
        using var answers = new MemoryStream();
        foreach (var batch in lines.Chunk(linesPerPayload))
        {
            var now = DateTimeOffset.UtcNow;
            var events = batch.Select(line => CloudWatchLogs.EventOf(line, Interlocked.Increment(ref _sequence), now));
            var result = await pool.InvokeAsync(CloudWatchLogs.DataMessage([.. events]));
            status = Math.Max(status, StatusOf(result, failed: 502));
            answers.Write(PayloadOf(result).Span);
            answers.WriteByte((byte)'\n');
        }

        await AnswerAsync(context, status, answers.ToArray());
    }

    private static bool TryReadBatch(HttpRequest request, out int linesPerPayload)
    {
        linesPerPayload = LinesPerPayloadDefault;
        var given = request.Query["batch"].ToString();
        return given.Length == 0 || (int.TryParse(given, out linesPerPayload) && linesPerPayload is >= 1 and <= 10_000);
    }

    private static int StatusOf(InvocationResult result, int failed) => result switch
    {
        InvocationResult.Answered => StatusCodes.Status200OK,
        InvocationResult.Throttled => StatusCodes.Status429TooManyRequests,
        _ => failed,
    };

    private static ReadOnlyMemory<byte> PayloadOf(InvocationResult result) => result switch
    {
        InvocationResult.Answered answered => answered.Payload,
        InvocationResult.Failed failed => failed.Payload,
        _ => ErrorDocument.Write("TooManyRequestsException", "Rate Exceeded."),
    };

    private static async Task AnswerAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(body);
    }
}
