using System.Buffers;
using System.Net;
using System.Text.Json;

namespace AiGateway.Aws;

/// <summary>How the database is reached.</summary>
/// <param name="Region">The deployment's region; always given, so that no lookup of the machine's happens.</param>
/// <param name="Endpoint">Another endpoint than the region's, as for DynamoDB Local; null: the region's.</param>
/// <param name="StoreTimeout">How long one call may take. Less than the webhook's time-out (design.md, section
/// 5).</param>
public sealed record DynamoSettings(string Region, Uri? Endpoint, TimeSpan StoreTimeout);

/// <summary>
/// DynamoDB's low-level API over one HTTP client: a call is written, signed, sent once and read. Nothing is retried, because reserve's writes are
/// additions and must not be repeated blindly. Safe to use from many threads.
/// </summary>
/// <remarks>
/// It stands in for AWSSDK.DynamoDBv2, which made a decision slower, a start longer and the binary larger: the figures are under Decisions in
/// functions/budget_enforcement/README.md. Tests hold its signatures and its items against that SDK.
/// </remarks>
public sealed class DynamoClient : IDisposable
{
    private const string Version = "DynamoDB_20120810";

    // BatchGetItem answers at most 16 MB; JSON writes each byte in up to six.
    private const int AnswerBytesMax = 100_000_000;
    private const int AnswerBytesUsual = 4 * 1024;

    private readonly HttpMessageInvoker http;
    private readonly Uri endpoint;
    private readonly RequestSignature? signature;
    private readonly string? sessionToken;
    private readonly IDynamoObserver? observer;
    private readonly TimeProvider clock;
    private readonly TimeSpan forgottenAfter;

    internal DynamoClient(
        DynamoSettings settings, DynamoCredentials? credentials, IDynamoObserver? observer, HttpMessageHandler handler, TimeProvider clock)
    {
        http = new HttpMessageInvoker(handler, disposeHandler: true);
        endpoint = settings.Endpoint ?? EndpointOf(settings.Region);
        signature = credentials is null ? null : new RequestSignature(credentials, settings.Region, endpoint);
        sessionToken = credentials?.SessionToken;
        this.observer = observer;
        this.clock = clock;
        forgottenAfter = settings.StoreTimeout * 2;
    }

    /// <summary>Credentials come from the environment, as Lambda gives them.</summary>
    public static DynamoClient Create(DynamoSettings settings) =>
        new(settings, DynamoCredentials.OfEnvironment(), null, Connections(settings), TimeProvider.System);

    /// <summary>With given credentials: DynamoDB Local takes any.</summary>
    public static DynamoClient Create(DynamoSettings settings, DynamoCredentials credentials) =>
        new(settings, credentials, null, Connections(settings), TimeProvider.System);

    /// <summary>With an observer of every request, for tests and for the local stack.</summary>
    public static DynamoClient Create(DynamoSettings settings, DynamoCredentials credentials, IDynamoObserver observer) =>
        new(settings, credentials, observer, Connections(settings), TimeProvider.System);

    public Task<DynamoAnswer> GetItemAsync(GetItemRequest request, CancellationToken stop) => SendAsync($"{Version}.GetItem", request, stop);

    public Task<DynamoAnswer> PutItemAsync(PutItemRequest request, CancellationToken stop) => SendAsync($"{Version}.PutItem", request, stop);

    public Task<DynamoAnswer> UpdateItemAsync(UpdateItemRequest request, CancellationToken stop) => SendAsync($"{Version}.UpdateItem", request, stop);

    public Task<DynamoAnswer> DeleteItemAsync(DeleteItemRequest request, CancellationToken stop) => SendAsync($"{Version}.DeleteItem", request, stop);

    public Task<DynamoAnswer> QueryAsync(QueryRequest request, CancellationToken stop) => SendAsync($"{Version}.Query", request, stop);

    public Task<DynamoAnswer> ScanAsync(ScanRequest request, CancellationToken stop) => SendAsync($"{Version}.Scan", request, stop);

    public Task<DynamoAnswer> BatchGetItemAsync(BatchGetItemRequest request, CancellationToken stop) =>
        SendAsync($"{Version}.BatchGetItem", request, stop);

    public Task<DynamoAnswer> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken stop) =>
        SendAsync($"{Version}.TransactWriteItems", request, stop);

    public void Dispose() => http.Dispose();

    private async Task<DynamoAnswer> SendAsync(string target, DynamoRequest request, CancellationToken stop)
    {
        observer?.Sending(DynamoCallNames.Of(request));
        using var message = Sign(target, RequestWriter.Write(request));
        // Where nobody else ends this call.
        using var limit = stop.CanBeCanceled ? null : new CancellationTokenSource(forgottenAfter);
        var ends = limit?.Token ?? stop;
        using var response = await http.SendAsync(message, ends).ConfigureAwait(false);
        var answer = await ReadAsync(response, ends).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.OK
            ? answer
            : throw new DynamoException(
                answer.ErrorCode, answer.ErrorMessage ?? $"HTTP status {(int)response.StatusCode}", response.StatusCode)
            {
                Item = answer.Item,
                CancellationReasons = answer.CancellationReasons ?? [],
            };
    }

    private HttpRequestMessage Sign(string target, byte[] body)
    {
        if (signature is null)
        {
            throw new DynamoException(
                DynamoException.MissingCredentials, "The environment names no credentials.", HttpStatusCode.Unauthorized);
        }

        var instant = signature.InstantOf(clock.GetUtcNow());
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", RequestSignature.ContentType);
        var message = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = content };
        var headers = message.Headers;
        headers.TryAddWithoutValidation("X-Amz-Target", target);
        headers.TryAddWithoutValidation("X-Amz-Date", instant);
        headers.TryAddWithoutValidation("Authorization", signature.Sign(instant, target, body));
        if (sessionToken is not null)
        {
            headers.TryAddWithoutValidation("X-Amz-Security-Token", sessionToken);
        }

        return message;
    }

    private static async ValueTask<DynamoAnswer> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var expected = response.Content.Headers.ContentLength ?? AnswerBytesUsual;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(expected + 1, AnswerBytesUsual, AnswerBytesMax));
        try
        {
            var length = 0;
            var body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
            while (await body.ReadAsync(buffer.AsMemory(length), stop).ConfigureAwait(false) is > 0 and var read)
            {
                length += read;
                buffer = length < buffer.Length ? buffer : Larger(buffer);
            }

            return Read(response, buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Larger(byte[] full)
    {
        if (full.Length >= AnswerBytesMax)
        {
            throw new HttpRequestException(
                HttpRequestError.ConfigurationLimitExceeded, $"An answer has more than {AnswerBytesMax} bytes.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }

    private static DynamoAnswer Read(HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        try
        {
            return AnswerReader.Read(body);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            throw new DynamoException(null, $"The answer can't be read: {unreadable.Message}", response.StatusCode, unreadable);
        }
    }

    private static SocketsHttpHandler Connections(DynamoSettings settings) => new()
    {
        // The stores' own time-out ends a call; this one only bounds what they forget.
        ConnectTimeout = settings.StoreTimeout,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        // DynamoDB's addresses change.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    };

    private static Uri EndpointOf(string region) => new(
        $"https://dynamodb.{region}.amazonaws.com{(region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}");
}
