using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AiGateway.Aws;

/// <summary>
/// AWS's Signature Version 4 for a POST of one endpoint: "Create a signed AWS API request" in the IAM user guide. What is the same in every request is
/// written once, and the day's key is kept.
/// </summary>
internal sealed class RequestSignature
{
    public const string ContentType = "application/x-amz-json-1.0";

    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Service = "dynamodb";
    private const string InstantFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int DayLength = 8;

    private readonly DynamoCredentials credentials;
    private readonly string region;
    private readonly string signedHeaders;
    private readonly byte[] beforeInstant;
    private readonly byte[] beforeTarget;
    private readonly byte[] beforeHash;
    private DayKey? dayKey;

    public RequestSignature(DynamoCredentials credentials, string region, Uri endpoint)
    {
        this.credentials = credentials;
        this.region = region;
        var hasToken = credentials.SessionToken is not null;
        signedHeaders = $"content-type;host;x-amz-date;{(hasToken ? "x-amz-security-token;" : "")}x-amz-target";
        beforeInstant = Ascii($"POST\n{endpoint.AbsolutePath}\n\ncontent-type:{ContentType}\nhost:{endpoint.Authority}\nx-amz-date:");
        beforeTarget = Ascii(hasToken ? $"\nx-amz-security-token:{credentials.SessionToken}\nx-amz-target:" : "\nx-amz-target:");
        beforeHash = Ascii($"\n\n{signedHeaders}\n");
    }

    /// <summary>The instant as the header <c>x-amz-date</c> has it.</summary>
    public static string InstantOf(DateTimeOffset now) =>
        now.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>The header <c>Authorization</c>.</summary>
    /// <param name="instant">Of <see cref="InstantOf"/>.</param>
    /// <param name="target">The header <c>x-amz-target</c>.</param>
    /// <param name="body">What is sent.</param>
    public string Sign(string instant, string target, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HashRequest(instant, target, body, hash);
        var day = instant[..DayLength];
        var scope = $"{day}/{region}/{Service}/aws4_request";
        var text = Ascii($"{Algorithm}\n{instant}\n{scope}\n{Convert.ToHexStringLower(hash)}");
        HMACSHA256.HashData(KeyOf(day), text, hash);
        return $"{Algorithm} Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={signedHeaders}, "
            + $"Signature={Convert.ToHexStringLower(hash)}";
    }

    private void HashRequest(string instant, string target, ReadOnlySpan<byte> body, Span<byte> hash)
    {
        SHA256.HashData(body, hash);
        var bodyHash = Convert.ToHexStringLower(hash);
        var length = beforeInstant.Length + instant.Length + beforeTarget.Length + target.Length + beforeHash.Length + bodyHash.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        var rest = rented.AsSpan(0, length);
        Append(ref rest, beforeInstant);
        Append(ref rest, instant);
        Append(ref rest, beforeTarget);
        Append(ref rest, target);
        Append(ref rest, beforeHash);
        Append(ref rest, bodyHash);
        SHA256.HashData(rented.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private byte[] KeyOf(string day)
    {
        if (dayKey is { } known && known.Day == day)
        {
            return known.Key;
        }

        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey), Ascii(day));
        key = HMACSHA256.HashData(key, Ascii(region));
        key = HMACSHA256.HashData(key, Ascii(Service));
        key = HMACSHA256.HashData(key, "aws4_request"u8);
        dayKey = new DayKey(day, key);
        return key;
    }

    private static void Append(ref Span<byte> rest, ReadOnlySpan<byte> part)
    {
        part.CopyTo(rest);
        rest = rest[part.Length..];
    }

    private static void Append(ref Span<byte> rest, string part) => rest = rest[Encoding.ASCII.GetBytes(part, rest)..];

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private sealed record DayKey(string Day, byte[] Key);
}
