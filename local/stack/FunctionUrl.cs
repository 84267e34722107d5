using Microsoft.AspNetCore.Http;

namespace AiGateway.Local.Stack;

/// <summary>
/// A local Function URL: HTTP in, payload format 2.0 to the function, its answer back. Every path and method reaches the function. Signed
/// (SigV4) and unsigned requests are accepted alike; no signature is checked, which only AWS can do.
/// </summary>
internal sealed class FunctionUrl : IAsyncDisposable
{
    /// <summary>Bytes of an event at most, as in Lambda.</summary>
    public const int EventBytesMax = 6 * 1024 * 1024;

    private readonly FunctionPool _pool;
    private LoopbackServer? _server;

    private FunctionUrl(FunctionPool pool) => _pool = pool;

    public int Port => _server!.Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public static async Task<FunctionUrl> StartAsync(FunctionPool pool, int port)
    {
        var url = new FunctionUrl(pool);
        url._server = await LoopbackServer.StartAsync(port, url.HandleAsync);
        return url;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var arrivedAt = DateTimeOffset.UtcNow;
        var requestId = Guid.NewGuid().ToString();
        context.Response.Headers["x-amzn-RequestId"] = requestId;
        var body = await RequestBody.ReadAsync(context.Request, EventBytesMax, context.RequestAborted);
        var payload = body is null ? null : FunctionUrlEvent.Write(context, body, requestId, _pool.Spec.Name, arrivedAt);
        if (payload is null || payload.Length > EventBytesMax)
        {
            await FunctionUrlReply.RefuseAsync(
                context.Response,
                StatusCodes.Status413PayloadTooLarge,
                $$"""{"Message":"Request must be smaller than {{EventBytesMax}} bytes for the InvokeFunction operation"}""");
            return;
        }

        switch (await InvokeAsync(payload))
        {
            case InvocationResult.Answered answered:
                await FunctionUrlReply.WriteAsync(context.Response, answered.Payload);
                break;
            case InvocationResult.Throttled:
                await FunctionUrlReply.RefuseAsync(
                    context.Response,
                    StatusCodes.Status429TooManyRequests,
                    """{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}""");
                break;
            default:
                await FunctionUrlReply.FailAsync(context.Response);
                break;
        }
    }

    private async Task<InvocationResult> InvokeAsync(byte[] payload)
    {
        try
        {
            return await _pool.InvokeAsync(payload);
        }
        catch (OperationCanceledException)
        {
            return ErrorDocument.Failure("Stopped", "The local stack is stopping.");
        }
    }
}
