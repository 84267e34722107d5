using System.Text.Json;

namespace AiGateway.Local.Replay;

/// <summary>What the gateway makes of an answer to its question.</summary>
internal abstract record GatewayAnswer
{
    private GatewayAnswer()
    {
    }

    /// <summary>The request goes on to the provider.</summary>
    internal sealed record Admitted : GatewayAnswer;

    /// <summary>The client gets this status and body.</summary>
    internal sealed record Refused(int Status, string Body, string? Reason) : GatewayAnswer;

    /// <summary>No usable answer: the gateway fails closed, and the client gets 503.</summary>
    internal sealed record Failed(string Why) : GatewayAnswer;

    /// <summary>External authorization: the HTTP status is the answer.</summary>
    public static GatewayAnswer OfAuthorization(int status, string body) =>
        status is >= 200 and < 300 ? new Admitted() : new Refused(status, body, null);

    /// <summary>
    /// The guardrail webhook, decoded as agentgateway v1.4.1 does: the HTTP status is never looked at; an action is tried as mask, then as
    /// refusal, and whatever else is an object admits (T01, T02).
    /// </summary>
    public static GatewayAnswer OfWebhook(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("action", out var action)
                    ? OfAction(action)
                    : new Failed("The answer has no action.");
        }
        catch (JsonException)
        {
            return new Failed("The answer is not JSON.");
        }
    }

    private static GatewayAnswer OfAction(JsonElement action)
    {
        if (action.ValueKind == JsonValueKind.Array)
        {
            return OfSequence([.. action.EnumerateArray()]);
        }

        if (action.ValueKind != JsonValueKind.Object)
        {
            return new Failed("The action is not an object.");
        }

        string? reason = null;
        if (action.TryGetProperty("reason", out var said) && said.ValueKind != JsonValueKind.Null)
        {
            if (said.ValueKind != JsonValueKind.String)
            {
                return new Failed("The reason is not text.");
            }

            reason = said.GetString();
        }

        if (!action.TryGetProperty("body", out var body) || body.ValueKind != JsonValueKind.String
            || !action.TryGetProperty("status_code", out var code) || !IsStatus(code, out var status))
        {
            return new Admitted();
        }

        return Refusal(body.GetString()!, status, reason);
    }

    // The gateway's decoder takes the fields in their order as well.
    private static GatewayAnswer OfSequence(JsonElement[] fields) => fields switch
    {
        [{ ValueKind: JsonValueKind.String } body, var code, { ValueKind: JsonValueKind.String or JsonValueKind.Null } reason]
            when IsStatus(code, out var status) => Refusal(body.GetString()!, status, reason.GetString()),
        [{ ValueKind: JsonValueKind.String or JsonValueKind.Null }] => new Admitted(),
        _ => new Failed("The action is a list of something else."),
    };

    private static GatewayAnswer Refusal(string body, int status, string? reason) => status is >= 100 and <= 999
        ? new Refused(status, body, reason)
        : new Failed($"{status} is not an HTTP status.");

    // An integer literal of 16 bits: 429.0 and "429" are not.
    private static bool IsStatus(JsonElement code, out int status)
    {
        status = 0;
        return code.ValueKind == JsonValueKind.Number && code.GetRawText().All(char.IsAsciiDigit)
            && code.TryGetInt32(out status) && status <= ushort.MaxValue;
    }
}
