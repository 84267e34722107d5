using System.Text.Json.Serialization;

namespace BudgetEnforcement;

/// <summary>Admits: decoded as Pass, and as nothing else.</summary>
internal sealed record PassReply(PassAction Action);

internal sealed record PassAction(string Reason);

/// <summary>Refuses. Flat, snake case, an integer status and a body that is text: anything else would admit
/// (T01).</summary>
internal sealed record RejectReply(RejectAction Action);

/// <param name="Body">A JSON document as text: what the client gets.</param>
/// <param name="StatusCode">The client's HTTP status, 400 to 599.</param>
/// <param name="Reason">For the gateway's log.</param>
internal sealed record RejectAction(string Body, int StatusCode, string Reason);

internal sealed record OpenAiError(OpenAiErrorDetail Error);

internal sealed record OpenAiErrorDetail(string Message, string Type, string? Param, string Code);

internal sealed record AnthropicError(string Type, AnthropicErrorDetail Error);

internal sealed record AnthropicErrorDetail(string Type, string Message);

/// <summary>The default encoder is kept on purpose: whatever a name holds, the reply is plain ASCII.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PassReply))]
[JsonSerializable(typeof(RejectReply))]
[JsonSerializable(typeof(OpenAiError))]
[JsonSerializable(typeof(AnthropicError))]
internal sealed partial class WireJson : JsonSerializerContext;
