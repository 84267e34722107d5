using System.Text;

namespace AiGateway.Local.Replay;

/// <summary>
/// Does what the gateway did: asks each recorded question, takes the answer as the gateway takes it, and logs the recorded line, or a
/// refusal's line where the answer was no.
/// </summary>
internal sealed class GatewayStandIn : IDisposable
{
    private readonly HttpClient _http;
    private readonly Dictionary<string, ReplayedRequest> _requests = [];

    public GatewayStandIn(Uri functionUrl) => _http = new HttpClient(new SocketsHttpHandler
    {
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
    })
    {
        BaseAddress = functionUrl,
        Timeout = TimeSpan.FromSeconds(100),
    };

    public IReadOnlyCollection<ReplayedRequest> Requests => _requests.Values;

    public ReplayedRequest? Find(string? requestId) => requestId is null ? null : _requests.GetValueOrDefault(requestId);

    /// <summary>Asks, unless an earlier attempt of the same request has ended it.</summary>
    /// <returns>The request, or null where nothing was asked.</returns>
    public async Task<ReplayedRequest?> AskAsync(RecordedCall call, CancellationToken stop)
    {
        var key = call.RequestId ?? $"{Recording.CallsFile}:{call.LineNumber}";
        if (!_requests.TryGetValue(key, out var request))
        {
            request = new ReplayedRequest(key, call);
            _requests.Add(key, request);
        }
        else if (request.IsOver)
        {
            return null;
        }

        request.Asked(call, await SendAsync(call, stop));
        return request;
    }

    /// <summary>What the gateway logs for this request, given what it was answered.</summary>
    public string LineFor(RecordedLine line) =>
        Find(line.RequestId) is { IsOver: true } refused ? RefusalLine.Write(line.Text, refused) : line.Text;

    public void Dispose() => _http.Dispose();

    private async Task<GatewayAnswer> SendAsync(RecordedCall call, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Path);
        request.Content = new ByteArrayContent(call.Body);
        foreach (var (name, value) in call.Headers)
        {
            // The length is the body's own; every other header goes as it was recorded, host and signature included.
            if (!name.Equals("content-length", StringComparison.OrdinalIgnoreCase)
                && !request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        try
        {
            using var response = await _http.SendAsync(request, stop);
            var body = await response.Content.ReadAsStringAsync(stop);
            return call.IsAuthorization
                ? GatewayAnswer.OfAuthorization((int)response.StatusCode, body)
                : GatewayAnswer.OfWebhook(body);
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !stop.IsCancellationRequested))
        {
            return new GatewayAnswer.Failed(error.Message);
        }
    }
}
