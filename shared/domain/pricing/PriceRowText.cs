using System.Globalization;
using System.Text;

namespace AiGateway.Domain.Pricing;

/// <summary>
/// One line of the book: provider, model, effective_from, source, kind, context window, output bound, prices; separated
/// by tabs, <c>-</c> where there is none. Prices are cards separated by <c>"; "</c>, each a tier (<c>standard</c>,
/// <c>standard&gt;200000</c>) and its rates in USD per million tokens; <c>fee</c> is USD per request, <c>other</c> are
/// units that the gateway does not count. Both directions are here, so that they cannot disagree.
/// </summary>
public static class PriceRowText
{
    private const decimal TokensPerMillion = 1_000_000m;

    private static readonly string[] Kinds = ["chat", "embedding", "rerank", "other"];

    private static readonly string[] Tiers = ["standard", "priority", "flex", "batch"];

    public static string Write(ModelPrice price)
    {
        var line = new StringBuilder();
        line.Append(price.Provider).Append('\t').Append(price.Model).Append('\t');
        line.Append(price.EffectiveFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append('\t');
        line.Append(price.Source).Append('\t').Append(Kinds[(int)price.Kind]).Append('\t');
        line.Append(Number(price.ContextWindow)).Append('\t').Append(Number(price.MaxOutputTokens)).Append('\t');
        var parts = price.Cards.Select(CardText).ToList();
        if (price.RequestFeeUsd is { } fee)
        {
            parts.Add("fee request=" + Plain(fee));
        }

        if (price.OtherUnits is { } other)
        {
            parts.Add("other " + other);
        }

        return line.AppendJoin("; ", parts).ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The line is not of that form: the book is not what the tool generated.</exception>
    public static ModelPrice Read(string line)
    {
        var fields = line.Split('\t');
        if (fields.Length != 8)
        {
            throw new FormatException($"A row of the price book has {fields.Length} fields instead of 8: {line}");
        }

        var parts = fields[7].Split("; ");
        return new ModelPrice
        {
            Provider = fields[0],
            Model = fields[1],
            EffectiveFrom = DateOnly.ParseExact(fields[2], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Source = fields[3],
            Kind = (ModelKind)IndexOf(Kinds, fields[4]),
            ContextWindow = Count(fields[5]),
            MaxOutputTokens = Count(fields[6]),
            Cards = parts.Where(IsCard).Select(ReadCard).ToArray(),
            RequestFeeUsd = parts.FirstOrDefault(part => part.StartsWith("fee ", StringComparison.Ordinal)) is { } fee
                ? Amount(fee["fee request=".Length..])
                : null,
            OtherUnits = parts.FirstOrDefault(part => part.StartsWith("other ", StringComparison.Ordinal))?[6..],
        };
    }

    private static bool IsCard(string part) =>
        part.Length > 0 && !part.StartsWith("fee ", StringComparison.Ordinal)
        && !part.StartsWith("other ", StringComparison.Ordinal);

    private static string CardText(RateCard card)
    {
        var over = card.ContextOver == 0 ? "" : ">" + card.ContextOver.ToString(CultureInfo.InvariantCulture);
        return Tiers[(int)card.Tier] + over + string.Concat(Named(card.Rates)
            .Where(rate => rate.Value is not null)
            .Select(rate => $" {rate.Name}={Plain(rate.Value!.Value * TokensPerMillion)}"));
    }

    private static IEnumerable<(string Name, decimal? Value)> Named(TokenRates rates) =>
    [
        ("in", rates.Input), ("out", rates.Output), ("cache_read", rates.CacheRead),
        ("cache_write", rates.CacheWrite), ("cache_write_1h", rates.CacheWriteOneHour),
        ("reasoning", rates.Reasoning), ("audio_in", rates.InputAudio), ("audio_out", rates.OutputAudio),
        ("image_in", rates.InputImage), ("image_out", rates.OutputImage),
    ];

    private static RateCard ReadCard(string text)
    {
        var words = text.Split(' ');
        var at = words[0].IndexOf('>', StringComparison.Ordinal);
        var tier = at < 0 ? words[0] : words[0][..at];
        var rates = words.Skip(1).Aggregate(new TokenRates(), With);
        return new RateCard((ServiceTier)IndexOf(Tiers, tier), at < 0 ? 0 : Count(words[0][(at + 1)..]) ?? 0, rates);
    }

    private static TokenRates With(TokenRates rates, string word)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        var value = Amount(word[(at + 1)..]) / TokensPerMillion;
        return word[..Math.Max(at, 0)] switch
        {
            "in" => rates with { Input = value },
            "out" => rates with { Output = value },
            "cache_read" => rates with { CacheRead = value },
            "cache_write" => rates with { CacheWrite = value },
            "cache_write_1h" => rates with { CacheWriteOneHour = value },
            "reasoning" => rates with { Reasoning = value },
            "audio_in" => rates with { InputAudio = value },
            "audio_out" => rates with { OutputAudio = value },
            "image_in" => rates with { InputImage = value },
            "image_out" => rates with { OutputImage = value },
            _ => throw new FormatException($"The price book has no rate '{word}'."),
        };
    }

    private static int IndexOf(string[] names, string name)
    {
        var index = Array.IndexOf(names, name);
        return index >= 0 ? index : throw new FormatException($"The price book has no '{name}'.");
    }

    private static string Number(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static long? Count(string text) =>
        text == "-" ? null : long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Plain(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);

    private static decimal Amount(string text) =>
        decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
