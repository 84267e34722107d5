using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiGateway.Domain;
using Amazon.Lambda.APIGatewayEvents;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Lambda.Tests;

/// <summary>Events as Lambda writes them, and what AWS's own event type makes of them.</summary>
internal static class FunctionUrlEvents
{
    private static readonly EventJson Plain = new(new JsonSerializerOptions(EventJson.Default.Options));

    /// <summary>Texts with quotes, backslashes, controls and characters of every length; any order of headers.</summary>
    public static Arbitrary<APIGatewayHttpApiV2ProxyRequest> Generated => Arb.From(
        from body in Text(200)
        from path in Text(20)
        from id in Text(20)
        from names in Gen.ArrayOf(Text(12))
        from value in Text(30)
        from epoch in Gen.Choose(1, int.MaxValue)
        select new APIGatewayHttpApiV2ProxyRequest
        {
            RawPath = path,
            Body = body,
            Headers = names.Distinct(StringComparer.OrdinalIgnoreCase)
                .ToDictionary(name => name, name => name + value),
            RequestContext = new() { RequestId = id, TimeEpoch = epoch, Http = new() { Method = "POST", Path = path } },
        });

    /// <summary>Replies of any texts, with and without cookies.</summary>
    public static Arbitrary<APIGatewayHttpApiV2ProxyResponse> Replies => Arb.From(
        from body in Text(200)
        from name in Text(12)
        from value in Text(30)
        from status in Gen.Choose(100, 599)
        from hasCookies in Gen.Elements(true, false)
        select new APIGatewayHttpApiV2ProxyResponse
        {
            StatusCode = status,
            Headers = new Dictionary<string, string> { [name] = value },
            Body = body,
            Cookies = hasCookies ? [name, value] : null!,
        });

    public static byte[] Write(APIGatewayHttpApiV2ProxyRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, Plain.APIGatewayHttpApiV2ProxyRequest);

    public static APIGatewayHttpApiV2ProxyRequest ReadPublished(byte[] json) =>
        JsonSerializer.Deserialize(json, Plain.APIGatewayHttpApiV2ProxyRequest)!;

    public static Outcome<FunctionUrlRequest> Read(APIGatewayHttpApiV2ProxyRequest request) => Read(Write(request));

    public static Outcome<FunctionUrlRequest> Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static Outcome<FunctionUrlRequest> Read(byte[] json) => FunctionUrlRequest.Read(json);

    private static Gen<string> Text(int most) =>
        from length in Gen.Choose(0, most)
        from parts in Gen.ListOf(Gen.Elements("a", "B", "\"", "\\", "\n", "\u0001", " ", "/", "é", "€", "😀", "}", "{", ",", ":"), length)
        select string.Concat(parts);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class EventJson : JsonSerializerContext;
