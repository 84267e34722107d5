using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Sdk = Amazon.DynamoDBv2.Model;

namespace AiGateway.Aws.Tests.Calls;

/// <summary>
/// DynamoDB Local checks no signature, so AWS's own client says what a right one is: the algorithm as AWS describes it, written plainly for any
/// headers, gives what the SDK signs; and ours is what it gives for our headers.
/// </summary>
public static class RequestSignatureTests
{
    private const string AccessKey = "AKIDEXAMPLE";
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Region = "eu-central-1";

    [Theory]
    [InlineData(null)]
    [InlineData("a-session-token/with+characters==")]
    public static async Task Signs_as_the_sdk_does(string? token)
    {
        AWSCredentials credentials = token is null
            ? new BasicAWSCredentials(AccessKey, SecretKey)
            : new SessionAWSCredentials(AccessKey, SecretKey, token);
        var sent = await SentByTheSdkAsync(credentials);
        var signedBySdk = sent.Headers["Authorization"].Split("SignedHeaders=")[1].Split(',')[0].Split(';');
        Assert.Equal(sent.Headers["Authorization"], Plainly(sent, signedBySdk, token));

        var ours = new RequestSignature(new DynamoCredentials(AccessKey, SecretKey, token), Region, sent.Uri);
        string[] signedByUs = token is null
            ? ["content-type", "host", "x-amz-date", "x-amz-target"]
            : ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"];

        Assert.Equal(
            Plainly(sent, signedByUs, token),
            ours.Sign(sent.Headers["X-Amz-Date"], sent.Headers["X-Amz-Target"], Encoding.UTF8.GetBytes(sent.Body)));
    }

    [Fact]
    public static void Each_part_of_a_request_changes_its_signature()
    {
        var signature = new RequestSignature(new DynamoCredentials("id", "secret", null), "eu-central-1", new Uri("https://example.test"));

        var first = signature.Sign("20261121T101112Z", "DynamoDB_20120810.Scan", "{}"u8);

        Assert.Equal(first, signature.Sign("20261121T101112Z", "DynamoDB_20120810.Scan", "{}"u8));
        Assert.NotEqual(first, signature.Sign("20261121T101112Z", "DynamoDB_20120810.Scan", "[]"u8));
        Assert.NotEqual(first, signature.Sign("20261121T101112Z", "DynamoDB_20120810.Query", "{}"u8));
        Assert.NotEqual(first[..80], signature.Sign("20261122T101112Z", "DynamoDB_20120810.Scan", "{}"u8)[..80]);
    }

    [Fact]
    public static void An_instant_is_written_in_utc_and_every_second_anew()
    {
        var signature = new RequestSignature(new DynamoCredentials("id", "secret", null), "eu-central-1", new Uri("https://example.test"));
        var instant = new DateTimeOffset(2026, 11, 22, 1, 15, 0, TimeSpan.FromHours(2));

        Assert.Equal("20261121T231500Z", signature.InstantOf(instant));
        Assert.Equal("20261121T231500Z", signature.InstantOf(instant.AddMilliseconds(999)));
        Assert.Equal("20261121T231501Z", signature.InstantOf(instant.AddSeconds(1)));
        Assert.Equal("20261121T231500Z", signature.InstantOf(instant));
    }

    [Fact]
    public static async Task Many_at_once_sign_as_one_does()
    {
        var signature = new RequestSignature(new DynamoCredentials("id", "secret", null), "eu-central-1", new Uri("https://example.test"));
        string Sign(int number) => signature.Sign(
            number % 3 == 0 ? "20261121T101112Z" : "20261122T101112Z", "DynamoDB_20120810.Scan", Encoding.UTF8.GetBytes($"{{{number}}}"));
        var alone = Enumerable.Range(0, 400).Select(Sign).ToList();

        var together = await Task.WhenAll(Enumerable.Range(0, 400).Select(number => Task.Run(() => Sign(number))));

        Assert.Equal(alone, together);
    }

    private static async Task<SentRequest> SentByTheSdkAsync(AWSCredentials credentials)
    {
        using var wire = new Wire();
        var config = new AmazonDynamoDBConfig
        {
            RegionEndpoint = Amazon.RegionEndpoint.EUCentral1,
            HttpClientFactory = new Factory(wire),
            MaxErrorRetry = 0,
        };
        using var sdk = new AmazonDynamoDBClient(credentials, config);
        await sdk.PutItemAsync(new Sdk.PutItemRequest
        {
            TableName = "accounts",
            Item = new() { ["scope"] = new Sdk.AttributeValue { S = "team#payments" } },
        });
        return wire.Sent!;
    }

    private static string Plainly(SentRequest sent, string[] signed, string? token)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in sent.Headers)
        {
            headers[name.ToLowerInvariant()] = value.Trim();
        }

        headers["host"] = sent.Uri.Host;
        headers["content-type"] = RequestSignature.ContentType;
        if (token is not null)
        {
            headers["x-amz-security-token"] = token;
        }

        var instant = headers["x-amz-date"];
        var lines = string.Concat(signed.Select(name => $"{name}:{headers[name]}\n"));
        var request = $"POST\n/\n\n{lines}\n{string.Join(';', signed)}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(sent.Body)))}";
        var scope = $"{instant[..8]}/{Region}/dynamodb/aws4_request";
        var text = $"AWS4-HMAC-SHA256\n{instant}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(request)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + SecretKey), Hmac);
        return $"AWS4-HMAC-SHA256 Credential={AccessKey}/{scope}, SignedHeaders={string.Join(';', signed)}, Signature={Hex(Hmac(key, text))}";
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private sealed record SentRequest(Uri Uri, Dictionary<string, string> Headers, string Body);

    private sealed class Wire : HttpMessageHandler
    {
        public SentRequest? Sent { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
        {
            Sent = new SentRequest(
                request.RequestUri!,
                request.Headers.NonValidated.ToDictionary(header => header.Key, header => header.Value.ToString()),
                await request.Content!.ReadAsStringAsync(stop));
            return new HttpResponseMessage { Content = new StringContent("{}"), RequestMessage = request };
        }
    }

    private sealed class Factory(HttpMessageHandler wire) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(wire, disposeHandler: false);
    }
}
