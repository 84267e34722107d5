#nullable disable

using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The four calls of Lambda's Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApiClient(HttpClient http, Uri baseAddress)
{
    private const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";
    private const string InvocationIdHeader = "Lambda-Runtime-Invocation-Id";
    private const int RefusalCharactersMax = 500;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(baseAddress, "invocation/next"), cancellationToken);
        await ThrowUnlessAcceptedAsync(response, "next");
        return new Invocation(response.Headers, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    public Task RespondAsync(Invocation invocation, Stream reply) => PostAsync(
        $"invocation/{invocation.RequestId}/response", new StreamContent(reply), Json, null, invocation.InvocationId);

    public Task ReportErrorAsync(Invocation invocation, Exception failure) => PostAsync(
        $"invocation/{invocation.RequestId}/error",
        new ByteArrayContent(ErrorDocument.Write(failure)),
        ErrorJson,
        failure.GetType().Name,
        invocation.InvocationId);

    public Task ReportInitErrorAsync(Exception failure) => PostAsync(
        "init/error", new ByteArrayContent(ErrorDocument.Write(failure)), ErrorJson, failure.GetType().Name, null);

    private async Task PostAsync(
        string path, HttpContent content, MediaTypeHeaderValue type, string errorType, string invocationId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(baseAddress, path)) { Content = content };
        content.Headers.ContentType = type;
        if (errorType is not null)
        {
            request.Headers.TryAddWithoutValidation(ErrorTypeHeader, errorType);
        }

        if (invocationId is not null)
        {
            request.Headers.TryAddWithoutValidation(InvocationIdHeader, invocationId);
        }

        using var response = await http.SendAsync(request);
        await ThrowUnlessAcceptedAsync(response, path);
    }

    private static async Task ThrowUnlessAcceptedAsync(HttpResponseMessage response, string call)
    {
        if (!response.IsSuccessStatusCode)
        {
            var said = await response.Content.ReadAsStringAsync();
            said = said.Length > RefusalCharactersMax ? said[..RefusalCharactersMax] : said;
            throw new RuntimeApiException($"The Runtime API answered {call} with {(int)response.StatusCode}: {said}");
        }
    }
}
