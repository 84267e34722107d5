using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiGateway.Local.MockProvider;

/// <summary>A request as the mock got it: what a gateway made of its client's.</summary>
internal sealed record ReceivedRequest(string Path, JsonNode Body, string? Authorization);

/// <summary>Answers as OpenAI, Anthropic, Bedrock and Google do, on the loopback address only.</summary>
internal sealed class MockProviderServer : IAsyncDisposable
{
    private const int RequestsMax = 1_000;
    private const int BodyBytesMax = 32 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedRequest> _received = new();

    private MockProviderServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The latest requests, oldest first.</summary>
    public IReadOnlyCollection<ReceivedRequest> Received => _received;

    /// <param name="port">0 takes a free one.</param>
    public static async Task<MockProviderServer> StartAsync(int port, CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
        });
        var server = new MockProviderServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync(stop);
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (await ReadAsync(context, path) is not { } body)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await WriteAsync(context, OpenAiError.Make(StatusCodes.Status400BadRequest));
        }
        else if (SideEndpoints.Answer(path, body) is { } aside)
        {
            await WriteAsync(context, aside);
        }
        else if (Shapes.Of(path) is { } shape)
        {
            await MockReply.SendAsync(context, shape, path, body);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private async Task<JsonNode?> ReadAsync(HttpContext context, string path)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            if (body is JsonObject)
            {
                _received.Enqueue(new ReceivedRequest(path, body, context.Request.Headers.Authorization));
                while (_received.Count > RequestsMax && _received.TryDequeue(out _))
                {
                }
            }

            return body as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static Task WriteAsync(HttpContext context, JsonObject document)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(document.ToJsonString(), context.RequestAborted);
    }
}
