using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using AiGateway.Domain.Identity;

namespace AiGateway.Lambda.Identity;

/// <summary>
/// The JWT that an ALB's authenticate action adds (<c>x-amzn-oidc-data</c>), taken apart and not yet believed. Its
/// parts are
/// base64url with padding, unlike other JWTs.
/// </summary>
internal sealed class OidcDataToken
{
    private const int LengthMax = 16 * 1024;
    private const int KeyIdLengthMax = 64;

    private readonly JsonElement header;
    private readonly JsonElement claims;

    private OidcDataToken(byte[] signed, byte[] signature, JsonElement header, JsonElement claims)
    {
        Signed = signed;
        Signature = signature;
        this.header = header;
        this.claims = claims;
    }

    /// <summary>The bytes that the signature is over.</summary>
    public byte[] Signed { get; }

    public byte[] Signature { get; }

    public string? Algorithm => Text(header, "alg");

    /// <summary>The ARN of the load balancer that signed it.</summary>
    public string? Signer => Text(header, "signer");

    /// <summary>Null: it is not a key id that may stand in an address.</summary>
    public string? KeyId => Text(header, "kid") is { Length: > 0 and <= KeyIdLengthMax } id
        && id.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
            ? id
            : null;

    /// <summary>Null: it has no usable <c>exp</c>, in the header as ALB writes it or among the claims.</summary>
    public DateTimeOffset? ExpiresAt => Seconds(header) ?? Seconds(claims);

    /// <summary>The claims under the gateway's own names.</summary>
    public CallerClaims Claims => new(
        Text(claims, "sub"),
        Text(claims, "client_id") ?? Text(header, "client"),
        Text(claims, "custom:team"),
        Text(claims, "custom:cost_center"),
        Text(claims, "custom:tenant_tier"),
        Groups(),
        null);

    /// <summary>Null: it is not a token.</summary>
    public static OidcDataToken? Parse(string text)
    {
        if (text.Length > LengthMax || text.Split('.') is not [var header, var claims, var signature])
        {
            return null;
        }

        return Object(header) is { } readHeader && Object(claims) is { } readClaims && Decode(signature) is { } bytes
            ? new OidcDataToken(Encoding.ASCII.GetBytes($"{header}.{claims}"), bytes, readHeader, readClaims)
            : null;
    }

    private static JsonElement? Object(string part)
    {
        try
        {
            return Decode(part) is { } json
                && JsonDocument.Parse(json).RootElement is { ValueKind: JsonValueKind.Object } read
                    ? read
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Decode(string part)
    {
        var bare = part.TrimEnd('=');
        return bare.Length > 0 && Base64Url.IsValid(bare) ? Base64Url.DecodeFromChars(bare) : null;
    }

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is JSON but no text.
            return null;
        }
    }

    private static DateTimeOffset? Seconds(JsonElement from) =>
        from.TryGetProperty("exp", out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var seconds)
            && seconds is > 0 and < 253_402_300_800
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;

    private List<string> Groups()
    {
        var groups = new List<string>();
        if (!claims.TryGetProperty("cognito:groups", out var value))
        {
            return groups;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            groups.AddRange((Text(claims, "cognito:groups") ?? "").Split(','));
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                groups.Add(Text(item) ?? "");
            }
        }

        return [.. groups.Where(group => group.Length > 0).Take(CallerClaims.GroupsMax)];
    }
}
