using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AiGateway.Tests;

/// <summary>
/// Makes <c>oidc_data</c> as an ALB's authenticate action does: ES256, base64url with padding, the expiry and the
/// signer in the
/// header. Made by hand from AWS's documentation: the recorded gateway had no ALB in front of it.
/// </summary>
internal sealed class OidcTokens : IDisposable
{
    public const string Signer =
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/gateway/0123456789abcdef";

    public const string KeyId = "0a1b2c3d-4e5f-6789-abcd-ef0123456789";

    public static readonly DateTimeOffset IssuedAt = new(2026, 11, 21, 14, 26, 0, TimeSpan.Zero);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string PublicKey => key.ExportSubjectPublicKeyInfoPem();

    public static JsonObject Header() => new()
    {
        ["typ"] = "JWT",
        ["kid"] = KeyId,
        ["alg"] = "ES256",
        ["iss"] = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example",
        ["client"] = "web-app",
        ["signer"] = Signer,
        ["exp"] = IssuedAt.AddMinutes(2).ToUnixTimeSeconds(),
    };

    public static JsonObject Person() => new()
    {
        ["sub"] = "user-1",
        ["username"] = "ada",
        ["custom:team"] = "payments",
        ["custom:cost_center"] = "cc-1",
        ["cognito:groups"] = new JsonArray("engineering", "leads"),
    };

    public static JsonObject Machine() => new()
    {
        ["sub"] = "batch-client",
        ["client_id"] = "batch-client",
        ["custom:team"] = "search",
    };

    public string Sign(JsonObject header, JsonObject claims)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var signature = key.SignData(
            Encoding.ASCII.GetBytes(signed),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Encode(signature)}";
    }

    public static string Encode(JsonObject json) => Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));

    public static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');

    public void Dispose() => key.Dispose();
}
