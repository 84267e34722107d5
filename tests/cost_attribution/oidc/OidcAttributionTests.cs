using System.Text.Json.Nodes;
using AiGateway.Lambda.Identity;
using AiGateway.Tests;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Oidc;

/// <summary>Whose a line is that has no claims of the gateway's, only an <c>oidc_data</c>.</summary>
public sealed class OidcAttributionTests : IDisposable
{
    private readonly OidcTokens tokens = new();

    public void Dispose() => tokens.Dispose();

    [Fact]
    public async Task Absent_it_is_nobodys() => Assert.Equal("unattributed", await TeamAsync(null));

    [Fact]
    public async Task Not_trusted_it_is_nobodys_and_flagged()
    {
        var world = World(trusted: false);

        Assert.Equal("unattributed", await TeamAsync(Person(), world));
        Assert.Contains("oidc_data_untrusted", world.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_it_is_nobodys_and_flagged()
    {
        using var forger = new OidcTokens();
        var world = World();

        Assert.Equal("unattributed", await TeamAsync(forger.Sign(OidcTokens.Header(), OidcTokens.Person()), world));
        Assert.Contains("oidc_data_forged", world.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expired_it_is_nobodys()
    {
        var world = World();
        var header = OidcTokens.Header();
        header["exp"] = OidcTokens.IssuedAt.AddMinutes(-5).ToUnixTimeSeconds();

        Assert.Equal("unattributed", await TeamAsync(tokens.Sign(header, OidcTokens.Person()), world));
        Assert.Contains("oidc_data_expired", world.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_another_signer_it_is_nobodys()
    {
        var header = OidcTokens.Header();
        header["signer"] = OidcTokens.Signer + "0";

        Assert.Equal("unattributed", await TeamAsync(tokens.Sign(header, OidcTokens.Person())));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    public async Task With_another_algorithm_it_is_nobodys(string algorithm)
    {
        var header = OidcTokens.Header();
        header["alg"] = algorithm;

        Assert.Equal("unattributed", await TeamAsync(tokens.Sign(header, OidcTokens.Person())));
    }

    [Fact]
    public async Task Verified_it_is_the_persons_team() => Assert.Equal("payments", await TeamAsync(Person()));

    [Fact]
    public async Task Verified_it_is_the_machines_team() =>
        Assert.Equal("search", await TeamAsync(tokens.Sign(OidcTokens.Header(), OidcTokens.Machine())));

    [Fact]
    public async Task Claims_that_the_gateway_verified_come_first()
    {
        var world = World();

        await world.SendAsync(Line(Person()).Replace("\"request_id\"", "\"team\":\"research\",\"request_id\"", StringComparison.Ordinal));

        Assert.Equal("research", world.Tables.Ledger.All.Single().Team);
    }

    [Fact]
    public async Task While_its_key_cannot_be_fetched_the_batch_is_kept()
    {
        var world = World();
        world.Keys = (_, _) => throw new OidcKeysUnavailableException("by the test");

        await Assert.ThrowsAsync<OidcKeysUnavailableException>(() => world.SendAsync(Line(Person())));

        Assert.Empty(world.Tables.Ledger.All);
    }

    [Fact]
    public async Task The_token_is_never_logged()
    {
        var world = World(trusted: false);
        var token = Person();

        await world.SendAsync(Line(token), Line(token).Replace("200", "-1", StringComparison.Ordinal));

        Assert.All(token.Split('.'), part => Assert.DoesNotContain(part, world.Log, StringComparison.Ordinal));
    }

    private static string Line(string? token)
    {
        var line = new JsonObject
        {
            ["scope"] = "request",
            ["request_id"] = "r1",
            ["started_at"] = "2026-11-21T14:26:30Z",
            ["http.status"] = 200,
            ["gen_ai.provider.name"] = "openai",
            ["gen_ai.request.model"] = "gpt-4o-mini",
            ["gen_ai.usage.input_tokens"] = 10,
            ["gen_ai.usage.output_tokens"] = 10,
            ["total_tokens"] = 20,
        };
        if (token is not null)
        {
            line["oidc_data"] = token;
        }

        return line.ToJsonString();
    }

    private string Person() => tokens.Sign(OidcTokens.Header(), OidcTokens.Person());

    private async Task<string> TeamAsync(string? token, World? world = null)
    {
        world ??= World();
        await world.SendAsync(Line(token));
        var entry = world.Tables.Ledger.All.Single();
        Assert.True(world.Usd(entry.Team).Settled > 0m);
        return entry.Team;
    }

    private World World(bool trusted = true)
    {
        var world = new World { Keys = (_, _) => Task.FromResult<string?>(tokens.PublicKey) };
        world.Environment["OIDC_DATA_TRUSTED"] = trusted ? "true" : "false";
        world.Environment["OIDC_DATA_SIGNER_ARN"] = OidcTokens.Signer;
        return world;
    }
}
