using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>What an attribute of an account item counts.</summary>
internal enum AmountKind
{
    Committed,
    Settled,
    Estimated,
    Bucket,
    Moved,
    Granted,
}

/// <summary>
/// The name of one amount of an account item. Short, because the month item must stay under 1 KB to cost one write
/// unit:
/// <code>
/// one letter             USD  tokens  requests
///   committed             c     C        d
///   settled               s     S        t
///   estimated             e     E        f
///   hold of a bucket      h     H        i
///   moved between shards  m     M        n
///   granted under         g     G        j
/// then the window          M  d21  h0f1a2  n0f1a2b  W  Q  Y  F     (Domain.Calendar.Period.Name)
/// then, for a bucket only, four characters: its number in base 62
/// </code>
/// <c>cM</c> is the month's committed dollars, <c>Hd21oXq9</c> the tokens that one bucket holds on the 21st.
/// </summary>
internal readonly record struct AccountAttribute(AmountKind Kind, Total Total, long Bucket)
{
    public const int Kinds = 6;

    private const string Letters = "csehmgCSEHMGdtfinj";
    private const int BucketLength = 4;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly Dimension[] Dimensions = [Dimension.Usd, Dimension.Tokens, Dimension.Requests];

    public string Name
    {
        get
        {
            var letter = Letters[(Array.IndexOf(Dimensions, Total.Dimension) * Kinds) + (int)Kind];
            return Kind == AmountKind.Bucket ? letter + Total.Window + Encode(Bucket) : letter + Total.Window;
        }
    }

    public static AccountAttribute Of(AmountKind kind, Total total) => new(kind, Checked(total), 0);

    public static AccountAttribute Hold(Total total, long bucket) => new(AmountKind.Bucket, Checked(total), bucket);

    /// <summary>Null where the name is not one of these.</summary>
    public static AccountAttribute? Parse(string name)
    {
        var letter = name.Length < 2 ? -1 : Letters.IndexOf(name[0], StringComparison.Ordinal);
        if (letter < 0)
        {
            return null;
        }

        var kind = (AmountKind)(letter % Kinds);
        var bucket = kind == AmountKind.Bucket ? Decode(name) : 0;
        var window = kind == AmountKind.Bucket ? name[1..^Math.Min(BucketLength, name.Length - 1)] : name[1..];
        return bucket is { } known && IsWindow(window)
            ? new AccountAttribute(kind, new Total(window, Dimensions[letter / Kinds]), known)
            : null;
    }

    private static bool IsWindow(string text) => text.Length is > 0 and <= 12 && text.All(char.IsAsciiLetterOrDigit);

    private static Total Checked(Total total) => IsWindow(total.Window)
        ? total
        : throw new ArgumentException($"'{total.Window}' can't stand in an attribute's name.", nameof(total));

    private static string Encode(long bucket)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bucket);
        var text = new char[BucketLength];
        var rest = bucket;
        for (var at = BucketLength - 1; at >= 0; at--)
        {
            text[at] = Digits[(int)(rest % Digits.Length)];
            rest /= Digits.Length;
        }

        // Four characters last until the year 2110.
        return rest == 0
            ? new string(text)
            : throw new ArgumentOutOfRangeException(nameof(bucket), bucket, "Not a bucket.");
    }

    private static long? Decode(string name)
    {
        var bucket = 0L;
        foreach (var character in name.AsSpan()[^Math.Min(BucketLength, name.Length)..])
        {
            var digit = Digits.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }

            bucket = (bucket * Digits.Length) + digit;
        }

        return bucket;
    }
}
