using System.Net;
using AiGateway.Lambda.Identity;

namespace AiGateway.Lambda.Tests.Identity;

public static class AlbPublicKeysTests
{
    private static readonly Uri Endpoint = AlbPublicKeys.EndpointOf("eu-central-1");

    [Fact]
    public static async Task Asks_the_regions_endpoint_for_the_key()
    {
        var network = new Network(HttpStatusCode.OK, "-----BEGIN PUBLIC KEY-----");

        var key = await new AlbPublicKeys(new HttpClient(network), Endpoint).FetchAsync("key-1", CancellationToken.None);

        Assert.Equal("-----BEGIN PUBLIC KEY-----", key);
        Assert.Equal("https://public-keys.auth.elb.eu-central-1.amazonaws.com/key-1", network.Asked?.ToString());
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Forbidden)]
    public static async Task A_key_that_is_not_there_does_not_exist(HttpStatusCode status) =>
        Assert.Null(await new AlbPublicKeys(new HttpClient(new Network(status, "")), Endpoint)
            .FetchAsync("key-1", CancellationToken.None));

    [Fact]
    public static async Task A_server_error_is_an_outage() => await Assert.ThrowsAsync<OidcKeysUnavailableException>(
        () => new AlbPublicKeys(new HttpClient(new Network(HttpStatusCode.BadGateway, "")), Endpoint)
            .FetchAsync("key-1", CancellationToken.None));

    [Fact]
    public static async Task An_answer_larger_than_any_key_is_not_read() =>
        await Assert.ThrowsAsync<OidcKeysUnavailableException>(
            () => new AlbPublicKeys(new HttpClient(new Network(HttpStatusCode.OK, new string('k', 5000))), Endpoint)
                .FetchAsync("key-1", CancellationToken.None));

    private sealed class Network(HttpStatusCode status, string body) : HttpMessageHandler
    {
        public Uri? Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
        {
            Asked = request.RequestUri;
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
        }
    }
}
