using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AiGateway.Local.Gateway;

namespace AiGateway.Local.Tests.Gateway;

public static class LocalIssuerTests
{
    [Fact]
    public static void A_token_verifies_with_the_key_set_and_has_the_claims_of_a_machine_client()
    {
        using var issuer = new LocalIssuer();
        var now = DateTimeOffset.FromUnixTimeSeconds(1_795_000_000);

        var parts = issuer.Token("payments", "standard", now).Split('.');

        var key = JsonNode.Parse(issuer.KeySet)!["keys"]![0]!;
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(key["n"]!.GetValue<string>()),
            Exponent = Base64Url.DecodeFromChars(key["e"]!.GetValue<string>()),
        });
        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        Assert.Equal(
            (LocalIssuer.Issuer, "payments", "access", 1_795_003_600),
            (claims["iss"]!.GetValue<string>(), claims["custom:team"]!.GetValue<string>(),
                claims["token_use"]!.GetValue<string>(), claims["exp"]!.GetValue<long>()));
        Assert.Equal(key["kid"]!.GetValue<string>(), JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!["kid"]!.GetValue<string>());
    }
}
