using System.Text.Json;

namespace BudgetEnforcement.Tests.Contract;

/// <summary>
/// What agentgateway v1.4.1 makes of a webhook's reply, written from its rules: the action is an untagged union,
/// tried as Mask,
/// then Reject, then Pass, and unknown fields are ignored. Checked against every vector that its real decoder
/// answered.
/// </summary>
internal static class GatewayDecoder
{
    public const string Pass = "pass";
    public const string Reject = "reject";
    public const string Mask = "mask";
    public const string InvalidStatus = "reject_with_invalid_status";
    public const string Error = "error";

    public static string Decode(ReadOnlyMemory<byte> reply)
    {
        try
        {
            using var document = JsonDocument.Parse(reply, new JsonDocumentOptions { MaxDepth = 128 });
            RequireText(document.RootElement);
            return Fields(document.RootElement, ["action"]) is { } reading && reading.TryGetValue("action", out var action)
                ? DecodeAction(action)
                : Error;
        }
        catch (JsonException)
        {
            return Error;
        }
        catch (InvalidOperationException)
        {
            return Error;
        }
    }

    private static string DecodeAction(JsonElement action)
    {
        if (Fields(action, ["body", "reason"]) is { } mask && mask.TryGetValue("body", out var messages)
            && IsMaskBody(messages) && IsOptionalText(mask))
        {
            return Mask;
        }

        if (Fields(action, ["body", "status_code", "reason"]) is { } reject
            && reject.TryGetValue("body", out var body) && body.ValueKind == JsonValueKind.String
            && reject.TryGetValue("status_code", out var status) && status.ValueKind == JsonValueKind.Number
            && status.TryGetUInt16(out var code) && IsOptionalText(reject))
        {
            return code is >= 100 and <= 999 ? Reject : InvalidStatus;
        }

        return Fields(action, ["reason"]) is { } pass && IsOptionalText(pass) ? Pass : Error;
    }

    // A struct is read from an object, or from a list that has exactly its fields. A field that stands twice is an
    // error.
    private static Dictionary<string, JsonElement>? Fields(JsonElement element, string[] names)
    {
        var fields = new Dictionary<string, JsonElement>();
        if (element.ValueKind == JsonValueKind.Array)
        {
            if (element.GetArrayLength() != names.Length)
            {
                return null;
            }

            for (var i = 0; i < names.Length; i++)
            {
                fields[names[i]] = element[i];
            }

            return fields;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (names.Contains(property.Name) && !fields.TryAdd(property.Name, property.Value))
            {
                return null;
            }
        }

        return fields;
    }

    private static bool IsMaskBody(JsonElement body) =>
        (Fields(body, ["messages"]) is { } prompt && prompt.TryGetValue("messages", out var messages)
            && messages.ValueKind == JsonValueKind.Array && messages.EnumerateArray().All(IsMessage))
        || (Fields(body, ["choices"]) is { } answer && answer.TryGetValue("choices", out var choices)
            && choices.ValueKind == JsonValueKind.Array);

    private static bool IsMessage(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message.EnumerateObject().All(property => property.Name is "role" or "content" && IsText(property.Value))
        && message.EnumerateObject().Count() == 2;

    private static bool IsOptionalText(Dictionary<string, JsonElement> fields) =>
        !fields.TryGetValue("reason", out var reason) || reason.ValueKind == JsonValueKind.Null || IsText(reason);

    private static bool IsText(JsonElement element) => element.ValueKind == JsonValueKind.String;

    // Half a surrogate pair is no text to the gateway: reading it throws here, as it fails there.
    private static void RequireText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    RequireText(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    RequireText(property.Value);
                }

                break;
        }
    }
}
