namespace AiGateway.Domain.Pricing;

/// <summary>
/// The documented normalisation (docs/prices.md): other spellings of a model's name, from the least changed on. The
/// first that the book has wins.
/// </summary>
internal static class ModelNames
{
    /// <summary>Longer names are no model's: they are never looked up.</summary>
    internal const int LengthMax = 256;

    private static readonly string[] Vendors =
    [
        "anthropic", "openai", "google", "azure", "bedrock", "vertex_ai", "gemini", "meta", "mistral", "mistralai",
        "cohere", "deepseek", "xai", "x-ai", "amazon",
    ];

    private static readonly string[] Suffixes = ["@default", "@latest", "-latest", "-v1:0", "-v2:0", ":0", "-v1", "-v2"];

    /// <summary>Offers each spelling to the search until it takes one.</summary>
    internal static bool Try(ReadOnlySpan<char> model, ref PriceSearch search)
    {
        var name = Unwrapped(model.Trim(), out var region);
        if (name.IsEmpty || name.Length > LengthMax)
        {
            return false;
        }

        return (!region.IsEmpty && TryJoined(region, "/", name, ref search))
            || TryForms(name, ref search)
            || (TryWithoutProfile(name, out var plain) && (name.StartsWith("us-gov.", StringComparison.Ordinal)
                ? TryJoined("us-gov-west-1", "/", plain, ref search)
                : TryForms(plain, ref search)));
    }

    /// <summary>An ARN or path that names an account's own resource: no public price says what is behind it.</summary>
    internal static bool IsOpaque(ReadOnlySpan<char> model) =>
        model.StartsWith("arn:", StringComparison.Ordinal) && Unwrapped(model, out _).IsEmpty;

    private static bool TryForms(ReadOnlySpan<char> name, ref PriceSearch search) =>
        search.Takes(name)
        || TryWithoutSuffixes(name, ref search)
        || TryJoined(name, "-v1:0", "", ref search)
        || TryJoined(name, "-v1", "", ref search);

    /// <summary>Takes suffixes and dates off one after the other: <c>-v1:0</c>, then the date before it.</summary>
    private static bool TryWithoutSuffixes(ReadOnlySpan<char> name, ref PriceSearch search)
    {
        var rest = name;
        while (TryShorten(rest, out var shorter))
        {
            rest = shorter;
            if (search.Takes(rest) || TryJoined(rest, "-v1:0", "", ref search) || TryJoined(rest, "-v1", "", ref search))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryShorten(ReadOnlySpan<char> name, out ReadOnlySpan<char> shorter)
    {
        // A fine-tuned model: ft:gpt-4o-mini-2024-07-18:org:name:id is billed as ft:gpt-4o-mini-2024-07-18.
        if (name.StartsWith("ft:", StringComparison.Ordinal) && name[3..].IndexOf(':') is > 0 and var colon)
        {
            shorter = name[..(3 + colon)];
            return true;
        }

        // A context variant of a Bedrock id: …-v1:0:200k.
        if (name.LastIndexOf(':') is > 0 and var last && last < name.Length - 1 && name[^1] is 'k' or 'm')
        {
            shorter = name[..name.LastIndexOf(':')];
            return true;
        }

        foreach (var suffix in Suffixes)
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length)
            {
                shorter = name[..^suffix.Length];
                return true;
            }
        }

        shorter = name[..^DateLength(name)];
        return shorter.Length is > 0 && shorter.Length < name.Length;
    }

    /// <summary>The length of a trailing <c>-20250929</c>, <c>@20250929</c>, <c>-2025-09-29</c> or <c>-001</c>.</summary>
    private static int DateLength(ReadOnlySpan<char> name)
    {
        if (name.Length > 9 && name[^9] is '-' or '@' && IsDigits(name[^8..]) && name[^8..].StartsWith("20"))
        {
            return 9;
        }

        if (name.Length > 11 && name[^11] is '-' or '@' && name[^6] == '-' && name[^3] == '-'
            && IsDigits(name[^10..^6]) && IsDigits(name[^5..^3]) && IsDigits(name[^2..]))
        {
            return 11;
        }

        return name.Length > 4 && name[^4] == '-' && name[^3] == '0' && IsDigits(name[^2..]) ? 4 : 0;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>Takes a path, an ARN or a vendor's name off: what is left is the model's id, or nothing.</summary>
    private static ReadOnlySpan<char> Unwrapped(ReadOnlySpan<char> model, out ReadOnlySpan<char> region)
    {
        region = default;
        if (model.StartsWith("arn:", StringComparison.Ordinal))
        {
            return BedrockArn.ModelOf(model, out region);
        }

        var models = model.LastIndexOf("models/");
        if (models == 0 || (models > 0 && model[models - 1] == '/'))
        {
            model = model[(models + "models/".Length)..];
        }

        for (var slash = model.IndexOf('/'); slash > 0 && IsVendor(model[..slash]); slash = model.IndexOf('/'))
        {
            model = model[(slash + 1)..];
        }

        return model;
    }

    private static bool IsVendor(ReadOnlySpan<char> name)
    {
        foreach (var vendor in Vendors)
        {
            if (name.Equals(vendor, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a geographic profile's prefix off: AWS bills a profile at the calling region's price. GovCloud has
    /// a list of its own: there only a price of its region counts.</summary>
    private static bool TryWithoutProfile(ReadOnlySpan<char> name, out ReadOnlySpan<char> plain)
    {
        plain = default;
        var dot = name.IndexOf('.');
        if (dot <= 0 || !BedrockArn.IsProfilePrefix(name[..dot]))
        {
            return false;
        }

        plain = name[(dot + 1)..];
        return !plain.IsEmpty;
    }

    private static bool TryJoined(
        ReadOnlySpan<char> first, ReadOnlySpan<char> second, ReadOnlySpan<char> third, ref PriceSearch search)
    {
        Span<char> joined = stackalloc char[first.Length + second.Length + third.Length];
        first.CopyTo(joined);
        second.CopyTo(joined[first.Length..]);
        third.CopyTo(joined[(first.Length + second.Length)..]);
        return search.Takes(joined);
    }
}
