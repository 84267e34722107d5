using Amazon.Lambda.APIGatewayEvents;

namespace AiGateway.Lambda;

/// <summary>Builds the replies of a Function URL.</summary>
public static class FunctionUrlResponse
{
    /// <param name="body">A JSON document.</param>
    public static APIGatewayHttpApiV2ProxyResponse Json(int statusCode, string body) =>
        With(statusCode, "application/json", body);

    public static APIGatewayHttpApiV2ProxyResponse PlainText(int statusCode, string body) =>
        With(statusCode, "text/plain; charset=utf-8", body);

    /// <summary>A reply of a status only.</summary>
    public static APIGatewayHttpApiV2ProxyResponse Empty(int statusCode) => new()
    {
        StatusCode = statusCode,
        Headers = new Dictionary<string, string>(),
        Body = "",
    };

    private static APIGatewayHttpApiV2ProxyResponse With(int statusCode, string contentType, string body) => new()
    {
        StatusCode = statusCode,
        Headers = new Dictionary<string, string>(1) { ["content-type"] = contentType },
        Body = body,
    };
}
