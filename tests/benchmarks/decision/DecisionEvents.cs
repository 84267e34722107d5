using System.Globalization;
using System.Text.Json;
using AiGateway.Domain.Gateway;

namespace AiGateway.Benchmarks.Decision;

/// <summary>Function URL events as Lambda hands them over, with a prompt of a given size in the body.</summary>
internal static class DecisionEvents
{
    public static byte[] Of(int bodyBytes)
    {
        using var stream = new MemoryStream(bodyBytes * 2);
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("version", "2.0");
            json.WriteString("routeKey", "$default");
            json.WriteString("rawPath", WebhookPaths.Decision);
            json.WriteString("rawQueryString", "");
            WriteHeaders(json, bodyBytes);
            WriteContext(json);
            json.WriteString("body", Body(bodyBytes));
            json.WriteBoolean("isBase64Encoded", false);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteHeaders(Utf8JsonWriter json, int bodyBytes)
    {
        json.WriteStartObject("headers");
        json.WriteString("authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/eu-central-1/lambda/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date, Signature=a15b21de9578f2cd1b842b6c1198aac204d7ed915ba4bec5d882e512b34f7307");
        json.WriteString("content-length", bodyBytes.ToString(CultureInfo.InvariantCulture));
        json.WriteString("content-type", "application/json");
        json.WriteString("host", "budget0000000000000000000000.lambda-url.eu-central-1.on.aws");
        json.WriteString("x-amz-date", "20261121T142623Z");
        json.WriteString("x-amzn-trace-id", "Root=1-692061bf-3d3a8a5b7d3d0f2c1e6c9b7a");
        json.WriteString(WebhookHeaders.RequestId, "48a02675-c9a6-43f6-827e-a1c66a5870a1");
        json.WriteString(WebhookHeaders.Subject, "3n4b5urk1ft4fl3mg5e62d9ado");
        json.WriteString(WebhookHeaders.ClientId, "3n4b5urk1ft4fl3mg5e62d9ado");
        json.WriteString(WebhookHeaders.Team, "payments");
        json.WriteString(WebhookHeaders.CostCenter, "cc-11");
        json.WriteString(WebhookHeaders.Tier, "standard");
        json.WriteString(WebhookHeaders.Model, "gpt-4o-mini");
        json.WriteString(WebhookHeaders.MaxTokens, "400");
        json.WriteString(WebhookHeaders.Stream, "false");
        json.WriteString(WebhookHeaders.Size, "4096");
        json.WriteString(WebhookHeaders.External, "false");
        json.WriteString(WebhookHeaders.Path, "/v1/chat/completions");
        json.WriteString(WebhookHeaders.Attempt, "0");
        json.WriteString(WebhookHeaders.Provider, "openai");
        json.WriteString("x-forwarded-for", "10.0.12.34");
        json.WriteString("x-forwarded-port", "443");
        json.WriteString("x-forwarded-proto", "https");
        json.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter json)
    {
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", "123456789012");
        json.WriteString("apiId", "budget0000000000000000000000");
        json.WriteNull("authentication");
        json.WriteStartObject("authorizer");
        json.WriteStartObject("iam");
        json.WriteString("accessKey", "AKIDEXAMPLE");
        json.WriteString("accountId", "123456789012");
        json.WriteString("callerId", "AROAEXAMPLE:gateway");
        json.WriteNull("cognitoIdentity");
        json.WriteString("principalOrgId", "o-example");
        json.WriteString("userArn", "arn:aws:sts::123456789012:assumed-role/gateway/task");
        json.WriteString("userId", "AROAEXAMPLE:gateway");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("domainName", "budget0000000000000000000000.lambda-url.eu-central-1.on.aws");
        json.WriteString("domainPrefix", "budget0000000000000000000000");
        json.WriteStartObject("http");
        json.WriteString("method", "POST");
        json.WriteString("path", WebhookPaths.Decision);
        json.WriteString("protocol", "HTTP/1.1");
        json.WriteString("sourceIp", "10.0.12.34");
        json.WriteString("userAgent", "agentgateway/1.4.1");
        json.WriteEndObject();
        json.WriteString("requestId", "0f6f7a5e-2c8e-4a3b-9b0a-9d6c8f1f2a3b");
        json.WriteString("routeKey", "$default");
        json.WriteString("stage", "$default");
        json.WriteString("time", "21/Nov/2026:14:26:23 +0000");
        json.WriteNumber("timeEpoch", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    private static string Body(int bytes)
    {
        const string Start = "{\"body\":{\"messages\":[{\"role\":\"user\",\"content\":\"";
        const string End = "\"}]}}";
        const string Sentence = "Summarise the quarterly ledger of the payments team. ";
        var text = string.Concat(Enumerable.Repeat(Sentence, (bytes / Sentence.Length) + 1));
        return Start + text[..Math.Max(0, bytes - Start.Length - End.Length)] + End;
    }
}
