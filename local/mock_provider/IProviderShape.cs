using System.Text.Json.Nodes;

namespace AiGateway.Local.MockProvider;

/// <summary>How one provider's API puts an answer.</summary>
internal interface IProviderShape
{
    /// <summary>The name that a script's <c>only</c> goes by.</summary>
    string Provider { get; }

    /// <summary>The content type of a stream.</summary>
    string StreamType { get; }

    bool IsStream(string path, JsonNode body);

    string Model(string path, JsonNode body);

    /// <summary>The request's limit on output tokens, where it has one.</summary>
    int? OutputBound(JsonNode body);

    JsonObject Whole(MockAnswer answer);

    /// <summary>The answer's pieces as they go over the wire.</summary>
    IEnumerable<byte[]> Stream(MockAnswer answer, JsonNode body);

    JsonObject Error(int status);
}
