using System.Text;
using System.Text.Json.Nodes;

namespace AiGateway.Local.MockProvider;

/// <summary>One event of a <c>text/event-stream</c>.</summary>
internal static class ServerSentEvent
{
    public const string ContentType = "text/event-stream";

    public static byte[] Data(JsonObject data) => Encoding.UTF8.GetBytes($"data: {data.ToJsonString()}\n\n");

    public static byte[] Data(string data) => Encoding.UTF8.GetBytes($"data: {data}\n\n");

    /// <summary>With its name, which is the data's <c>type</c> too.</summary>
    public static byte[] Named(JsonObject data) =>
        Encoding.UTF8.GetBytes($"event: {data["type"]}\ndata: {data.ToJsonString()}\n\n");
}
