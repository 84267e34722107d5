using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AiGateway.Local.MockProvider;

/// <summary>Sends an answer in a provider's shape, as well or as badly as the request's script says.</summary>
internal static class MockReply
{
    public static async Task SendAsync(HttpContext context, IProviderShape shape, string path, JsonNode body)
    {
        var script = MockScript.Read(context.Request.Headers, body, shape.Provider);
        await WaitAsync(script.Delay, context);
        if (script.HangUp == HangUp.Before)
        {
            context.Abort();
            return;
        }

        if (script.Status != StatusCodes.Status200OK)
        {
            context.Response.StatusCode = script.Status;
            await MockProviderServer.WriteAsync(context, shape.Error(script.Status));
            return;
        }

        var bytes = Encoding.UTF8.GetByteCount(body.ToJsonString());
        var answer = MockAnswer.Make(script, shape.Model(path, body), bytes, shape.OutputBound(body));
        if (shape.IsStream(path, body))
        {
            context.Response.ContentType = shape.StreamType;
            await SendAsync(context, script, [.. shape.Stream(answer, body)]);
        }
        else
        {
            var whole = Encoding.UTF8.GetBytes(shape.Whole(answer).ToJsonString());
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = whole.Length;
            await SendAsync(context, script, [whole[..(whole.Length / 2)], whole[(whole.Length / 2)..]]);
        }
    }

    private static async Task SendAsync(HttpContext context, MockScript script, IReadOnlyList<byte[]> pieces)
    {
        for (var index = 0; index < pieces.Count; index++)
        {
            if (script.HangUp == HangUp.Middle && index >= pieces.Count / 2)
            {
                context.Abort();
                return;
            }

            await context.Response.Body.WriteAsync(pieces[index], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await WaitAsync(script.ChunkDelay, context);
        }
    }

    private static Task WaitAsync(TimeSpan time, HttpContext context) =>
        time == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(time, context.RequestAborted);
}
