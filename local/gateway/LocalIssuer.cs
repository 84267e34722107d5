using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AiGateway.Local.Gateway;

/// <summary>An issuer of access tokens for this machine, in the shape of Cognito's: RS256, a new key each time.</summary>
internal sealed class LocalIssuer : IDisposable
{
    public const string Issuer = "http://localhost/local-issuer";
    private const string KeyId = "local";

    private readonly RSA _key = RSA.Create(2048);

    /// <summary>The key set that the gateway is given, so that nobody has to serve it.</summary>
    public string KeySet
    {
        get
        {
            var parameters = _key.ExportParameters(includePrivateParameters: false);
            var key = new JsonObject
            {
                ["kty"] = "RSA",
                ["kid"] = KeyId,
                ["alg"] = "RS256",
                ["use"] = "sig",
                ["n"] = Base64Url(parameters.Modulus!),
                ["e"] = Base64Url(parameters.Exponent!),
            };
            return new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString();
        }
    }

    /// <summary>A machine client's access token with the claims that carry a budget, valid for an hour.</summary>
    public string Token(string team, string tier, DateTimeOffset now)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "JWT" };
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = $"{team}-client",
            ["client_id"] = $"{team}-client",
            ["token_use"] = "access",
            ["scope"] = "https://ai-gateway.internal/invoke",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
            ["custom:team"] = team,
            ["custom:tenant_tier"] = tier,
        };
        var signed = $"{Base64Url(header)}.{Base64Url(claims)}";
        var signature = _key.SignData(
            Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url(signature)}";
    }

    public void Dispose() => _key.Dispose();

    private static string Base64Url(JsonObject json) => Base64Url(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
