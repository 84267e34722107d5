using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AiGateway.Aws;

/// <summary>
/// AWS's Signature Version 4 for a POST of one endpoint: "Create a signed AWS API request" in the IAM user guide. What is the same in every request is
/// written once; the day's key and the second's text are kept.
/// </summary>
internal sealed class RequestSignature
{
    public const string ContentType = "application/x-amz-json-1.0";

    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Service = "dynamodb";
    private const string InstantFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int DayLength = 8;
    private const int HexLength = SHA256.HashSizeInBytes * 2;

    private static readonly byte[] BeforeInstant = Ascii(Algorithm + "\n");

    private readonly DynamoCredentials credentials;
    private readonly string region;
    private readonly string signedHeaders;
    private readonly byte[] beforeInstant;
    private readonly byte[] beforeTarget;
    private readonly byte[] beforeHash;
    private Second? second;
    private DayHashes? spare;

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
    public string InstantOf(DateTimeOffset now)
    {
        var number = now.ToUnixTimeSeconds();
        if (second is { } known && known.Number == number)
        {
            return known.Text;
        }

        var text = now.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);
        second = new Second(number, text);
        return text;
    }

    /// <summary>The header <c>Authorization</c>.</summary>
    /// <param name="instant">Of <see cref="InstantOf"/>.</param>
    /// <param name="target">The header <c>x-amz-target</c>.</param>
    /// <param name="body">What is sent.</param>
    public string Sign(string instant, string target, ReadOnlySpan<byte> body)
    {
        // One for each call at the same time; more are made as they are needed, and one is kept.
        var hashes = Interlocked.Exchange(ref spare, null);
        if (hashes?.Day.AsSpan().SequenceEqual(instant.AsSpan(0, DayLength)) != true)
        {
            hashes?.Dispose();
            hashes = new DayHashes(instant[..DayLength], region, credentials, signedHeaders);
        }

        var authorization = Sign(hashes, instant, target, body);
        Interlocked.Exchange(ref spare, hashes)?.Dispose();
        return authorization;
    }

    private string Sign(DayHashes hashes, string instant, string target, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HashRequest(hashes, instant, target, body, hash);
        // In one piece: each call of the system's library costs as much as hashing a hundred bytes.
        Span<byte> text = stackalloc byte[BeforeInstant.Length + instant.Length + hashes.BetweenInstantAndHash.Length + HexLength];
        var rest = text;
        Append(ref rest, BeforeInstant);
        Append(ref rest, instant);
        Append(ref rest, hashes.BetweenInstantAndHash);
        Append(ref rest, Hex(hash, stackalloc char[HexLength]));
        hashes.Mac.AppendData(text);
        hashes.Mac.GetHashAndReset(hash);
        return string.Concat(hashes.BeforeSignature, Hex(hash, stackalloc char[HexLength]));
    }

    private void HashRequest(DayHashes hashes, string instant, string target, ReadOnlySpan<byte> body, Span<byte> hash)
    {
        hashes.Hash.AppendData(body);
        hashes.Hash.GetHashAndReset(hash);
        var length = beforeInstant.Length + instant.Length + beforeTarget.Length + target.Length + beforeHash.Length + HexLength;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        var rest = rented.AsSpan(0, length);
        Append(ref rest, beforeInstant);
        Append(ref rest, instant);
        Append(ref rest, beforeTarget);
        Append(ref rest, target);
        Append(ref rest, beforeHash);
        Append(ref rest, Hex(hash, stackalloc char[HexLength]));
        hashes.Hash.AppendData(rented.AsSpan(0, length));
        hashes.Hash.GetHashAndReset(hash);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static void Append(ref Span<byte> rest, scoped ReadOnlySpan<byte> part)
    {
        part.CopyTo(rest);
        rest = rest[part.Length..];
    }

    private static ReadOnlySpan<char> Hex(ReadOnlySpan<byte> hash, Span<char> text) =>
        Convert.TryToHexStringLower(hash, text, out var length) ? text[..length] : throw new ArgumentException("Too short.", nameof(text));

    private static void Append(ref Span<byte> rest, scoped ReadOnlySpan<char> part) => rest = rest[Encoding.ASCII.GetBytes(part, rest)..];

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private sealed record Second(long Number, string Text);

    /// <summary>What signing needs on one day, for one call at a time.</summary>
    private sealed class DayHashes : IDisposable
    {
        public DayHashes(string day, string region, DynamoCredentials credentials, string signedHeaders)
        {
            Day = day;
            var scope = $"{day}/{region}/{Service}/aws4_request";
            BetweenInstantAndHash = Ascii($"\n{scope}\n");
            BeforeSignature = $"{Algorithm} Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={signedHeaders}, Signature=";
            var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + credentials.SecretAccessKey), Ascii(day));
            key = HMACSHA256.HashData(key, Ascii(region));
            key = HMACSHA256.HashData(key, Ascii(Service));
            Mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, HMACSHA256.HashData(key, "aws4_request"u8));
        }

        public string Day { get; }

        public byte[] BetweenInstantAndHash { get; }

        /// <summary>Of the header <c>Authorization</c>.</summary>
        public string BeforeSignature { get; }

        public IncrementalHash Hash { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public IncrementalHash Mac { get; }

        public void Dispose()
        {
            Hash.Dispose();
            Mac.Dispose();
        }
    }
}
