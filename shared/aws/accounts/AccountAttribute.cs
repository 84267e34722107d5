using System.Buffers;
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

    private const string MonthWindow = "M";

    // Every scope of every request has these.
    private static readonly string[] MonthNames = [.. Letters.Select(letter => letter + MonthWindow)];

    private static readonly SearchValues<char> WindowCharacters = SearchValues.Create(Digits);

    private static readonly Dimension[] Dimensions = [Dimension.Usd, Dimension.Tokens, Dimension.Requests];

    public string Name => Kind != AmountKind.Bucket && Total.Window == MonthWindow
        ? MonthNames[(PlaceOf(Total.Dimension) * Kinds) + (int)Kind]
        : Written;

    // As in the letters.
    private static int PlaceOf(Dimension dimension) => dimension switch
    {
        Dimension.Usd => 0,
        Dimension.Tokens => 1,
        _ => 2,
    };

    private string Written
    {
        get
        {
            var length = 1 + Total.Window.Length + (Kind == AmountKind.Bucket ? BucketLength : 0);
            return string.Create(length, this, static (name, attribute) =>
            {
                name[0] = Letters[(PlaceOf(attribute.Total.Dimension) * Kinds) + (int)attribute.Kind];
                attribute.Total.Window.CopyTo(name[1..]);
                if (attribute.Kind == AmountKind.Bucket)
                {
                    Encode(attribute.Bucket, name[^BucketLength..]);
                }
            });
        }
    }

    public static AccountAttribute Of(AmountKind kind, Total total) => new(kind, Checked(total), 0);

    public static AccountAttribute Hold(Total total, long bucket) => new(AmountKind.Bucket, Checked(total), bucket);

    /// <summary>Null where the name is not one of these.</summary>
    public static AccountAttribute? Parse(ReadOnlySpan<char> name) => TryParse(name, out var kind, out var dimension, out var window, out var bucket)
        ? new AccountAttribute(kind, new Total(window.ToString(), dimension), bucket)
        : null;

    /// <summary>The same in its parts; false where the name is not one of these.</summary>
    public static bool TryParse(
        ReadOnlySpan<char> name, out AmountKind kind, out Dimension dimension, out ReadOnlySpan<char> window, out long bucket)
    {
        var letter = name.Length < 2 ? -1 : Letters.IndexOf(name[0], StringComparison.Ordinal);
        kind = (AmountKind)(Math.Max(letter, 0) % Kinds);
        dimension = Dimensions[Math.Max(letter, 0) / Kinds];
        window = letter < 0 ? default
            : kind == AmountKind.Bucket ? name[1..^Math.Min(BucketLength, name.Length - 1)] : name[1..];
        bucket = kind == AmountKind.Bucket && letter >= 0 ? Decode(name) : 0;
        return letter >= 0 && bucket >= 0 && IsWindow(window);
    }

    private static bool IsWindow(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 12 && !text.ContainsAnyExcept(WindowCharacters);

    private static Total Checked(Total total) => IsWindow(total.Window)
        ? total
        : throw new ArgumentException($"'{total.Window}' can't stand in an attribute's name.", nameof(total));

    private static void Encode(long bucket, Span<char> text)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bucket);
        var rest = bucket;
        for (var at = BucketLength - 1; at >= 0; at--)
        {
            text[at] = Digits[(int)(rest % Digits.Length)];
            rest /= Digits.Length;
        }

        // Four characters last until the year 2110.
        ArgumentOutOfRangeException.ThrowIfNotEqual(rest, 0, nameof(bucket));
    }

    // -1: no number.
    private static long Decode(ReadOnlySpan<char> name)
    {
        var bucket = 0L;
        foreach (var character in name[^Math.Min(BucketLength, name.Length)..])
        {
            var digit = Digits.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return -1;
            }

            bucket = (bucket * Digits.Length) + digit;
        }

        return bucket;
    }
}
