using System.Security.Cryptography;
using System.Text;
using AiGateway.Lambda.Identity;
using AiGateway.Tests;

namespace AiGateway.Lambda.Tests.Identity;

public sealed class OidcDataReaderTests : IDisposable
{
    private readonly OidcTokens tokens = new();
    private readonly List<string> fetched = [];

    public void Dispose() => tokens.Dispose();

    [Fact]
    public async Task Believes_a_token_that_the_load_balancer_signed()
    {
        var claims = Accepted(await ReadAsync(tokens.Sign(OidcTokens.Header(), OidcTokens.Person())));

        Assert.Equal(("user-1", "web-app", "payments", "cc-1"), (claims.Subject, claims.ClientId, claims.Team, claims.CostCenter));
        Assert.Equal(["engineering", "leads"], claims.Groups);
    }

    [Fact]
    public async Task Reads_a_machine_clients_own_id()
    {
        var claims = Accepted(await ReadAsync(tokens.Sign(OidcTokens.Header(), OidcTokens.Machine())));

        Assert.Equal(("batch-client", "batch-client", "search"), (claims.Subject, claims.ClientId, claims.Team));
    }

    [Fact]
    public async Task Refuses_a_token_whose_claims_were_changed_after_signing()
    {
        var parts = tokens.Sign(OidcTokens.Header(), OidcTokens.Person()).Split('.');
        var other = OidcTokens.Person();
        other["custom:team"] = "search";

        Assert.Equal("forged", Rejected(await ReadAsync($"{parts[0]}.{OidcTokens.Encode(other)}.{parts[2]}")));
    }

    [Fact]
    public async Task Refuses_a_token_that_another_key_signed()
    {
        using var forger = new OidcTokens();

        Assert.Equal("forged", Rejected(await ReadAsync(forger.Sign(OidcTokens.Header(), OidcTokens.Person()))));
    }

    [Fact]
    public async Task Refuses_a_token_that_had_expired_when_the_request_was_made()
    {
        var token = tokens.Sign(OidcTokens.Header(), OidcTokens.Person());

        Accepted(await ReadAsync(token, OidcTokens.IssuedAt.AddMinutes(3)));
        Assert.Equal("expired", Rejected(await ReadAsync(token, OidcTokens.IssuedAt.AddMinutes(3).AddSeconds(1))));
    }

    [Fact]
    public async Task Refuses_a_token_without_an_expiry()
    {
        var header = OidcTokens.Header();
        header.Remove("exp");

        Assert.Equal("expired", Rejected(await ReadAsync(tokens.Sign(header, OidcTokens.Person()))));
    }

    [Theory]
    [InlineData("arn:aws:elasticloadbalancing:eu-central-1:999999999999:loadbalancer/app/other/0123456789abcdef")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Refuses_another_signer_without_fetching_its_key(string? signer)
    {
        var header = OidcTokens.Header();
        header["signer"] = signer;

        Assert.Equal("wrong_signer", Rejected(await ReadAsync(tokens.Sign(header, OidcTokens.Person()))));
        Assert.Empty(fetched);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("ES384")]
    [InlineData("es256")]
    [InlineData(null)]
    public async Task Refuses_every_algorithm_but_the_load_balancers(string? algorithm)
    {
        var header = OidcTokens.Header();
        header["alg"] = algorithm;

        Assert.Equal("wrong_algorithm", Rejected(await ReadAsync(tokens.Sign(header, OidcTokens.Person()))));
    }

    [Fact]
    public async Task Refuses_a_signature_made_with_the_public_key_as_a_secret()
    {
        var header = OidcTokens.Header();
        header["alg"] = "HS256";
        var signed = $"{OidcTokens.Encode(header)}.{OidcTokens.Encode(OidcTokens.Person())}";
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(tokens.PublicKey), Encoding.ASCII.GetBytes(signed));

        Assert.Equal("wrong_algorithm", Rejected(await ReadAsync($"{signed}.{OidcTokens.Encode(mac)}")));
    }

    [Theory]
    [InlineData("../../secret")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("")]
    [InlineData("%2e%2e")]
    public async Task Never_puts_a_strange_key_id_into_an_address(string keyId)
    {
        var header = OidcTokens.Header();
        header["kid"] = keyId;

        Assert.Equal("bad_key_id", Rejected(await ReadAsync(tokens.Sign(header, OidcTokens.Person()))));
        Assert.Empty(fetched);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d")]
    [InlineData("e30=.e30=.")]
    [InlineData("W10=.W10=.W10=")]
    public async Task Refuses_what_is_not_a_token(string text) =>
        Assert.Equal("not_a_token", Rejected(await ReadAsync(text)));

    [Fact]
    public async Task Refuses_a_key_that_does_not_exist()
    {
        var reader = new OidcDataReader(OidcTokens.Signer, (_, _) => Task.FromResult<string?>(null));

        Assert.Equal("unknown_key", Rejected(await ReadAsync(reader, tokens.Sign(OidcTokens.Header(), OidcTokens.Person()))));
    }

    [Fact]
    public async Task Fetches_a_key_once()
    {
        var reader = Reader();
        await ReadAsync(reader, tokens.Sign(OidcTokens.Header(), OidcTokens.Person()));
        await ReadAsync(reader, tokens.Sign(OidcTokens.Header(), OidcTokens.Machine()));

        Assert.Equal([OidcTokens.KeyId], fetched);
    }

    [Fact]
    public async Task Fetches_a_bounded_number_of_keys_for_one_batch()
    {
        var reader = new OidcDataReader(OidcTokens.Signer, (_, _) => Task.FromResult<string?>(null));
        var budget = new OidcKeyBudget();
        var reasons = new List<string>();
        for (var number = 0; number < 30; number++)
        {
            var header = OidcTokens.Header();
            header["kid"] = $"key-{number}";
            var token = tokens.Sign(header, OidcTokens.Person());
            reasons.Add(Rejected(await reader.ReadAsync(token, OidcTokens.IssuedAt, budget, CancellationToken.None)));
        }

        Assert.Equal(20, reasons.Count(reason => reason == "unknown_key"));
        Assert.Equal(10, reasons.Count(reason => reason == "too_many_keys"));
    }

    [Fact]
    public async Task An_outage_of_the_keys_is_no_verdict()
    {
        var reader = new OidcDataReader(
            OidcTokens.Signer, (_, _) => throw new OidcKeysUnavailableException("by the test"));

        await Assert.ThrowsAsync<OidcKeysUnavailableException>(
            () => ReadAsync(reader, tokens.Sign(OidcTokens.Header(), OidcTokens.Person())));
    }

    [Fact]
    public async Task Without_a_signer_the_deployments_word_is_taken_but_not_an_expired_token()
    {
        var reader = new OidcDataReader(null, (_, _) => throw new InvalidOperationException("No key is needed."));
        using var anybody = new OidcTokens();
        var token = anybody.Sign(OidcTokens.Header(), OidcTokens.Person());

        Assert.Equal("payments", Accepted(await ReadAsync(reader, token)).Team);
        Assert.Equal("expired", Rejected(await reader.ReadAsync(
            token, OidcTokens.IssuedAt.AddHours(1), new OidcKeyBudget(), CancellationToken.None)));
    }

    private static Domain.Identity.CallerClaims Accepted(OidcDataResult result) =>
        Assert.IsType<OidcDataResult.Accepted>(result).Claims;

    private static string Rejected(OidcDataResult result) => Assert.IsType<OidcDataResult.Rejected>(result).Reason;

    private static Task<OidcDataResult> ReadAsync(OidcDataReader reader, string token, DateTimeOffset? at = null) =>
        reader.ReadAsync(token, at ?? OidcTokens.IssuedAt, new OidcKeyBudget(), CancellationToken.None);

    private Task<OidcDataResult> ReadAsync(string token, DateTimeOffset? at = null) => ReadAsync(Reader(), token, at);

    private OidcDataReader Reader() => new(OidcTokens.Signer, (keyId, _) =>
    {
        fetched.Add(keyId);
        return Task.FromResult<string?>(tokens.PublicKey);
    });
}
