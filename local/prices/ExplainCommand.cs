using System.Globalization;
using System.Text.Json.Nodes;
using AiGateway.Domain;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary><c>./dev prices explain PROVIDER MODEL USAGE</c>: how a cost comes about.</summary>
internal static class ExplainCommand
{
    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["input"] = "gen_ai.usage.input_tokens",
        ["output"] = "gen_ai.usage.output_tokens",
        ["cache_read"] = "gen_ai.usage.cache_read.input_tokens",
        ["cache_creation"] = "gen_ai.usage.cache_creation.input_tokens",
        ["total"] = "total_tokens",
        ["reasoning"] = "reasoning_tokens",
        ["input_audio"] = "input_audio_tokens",
        ["output_audio"] = "gen_ai.usage.output_audio_tokens",
        ["output_image"] = "gen_ai.usage.output_image_tokens",
        ["provider_input"] = "provider_input_tokens",
    };

    internal static int Run(string provider, string model, string usage, DateTimeOffset now, TextWriter output, TextWriter errors)
    {
        if (LineOf(provider, model, usage) is not { } line)
        {
            errors.WriteLine("USAGE is a JSON object by the log's keys, or input=60,output=31,cache_read=1024,…");
            return ExitCode.Usage;
        }

        switch (PriceLineReader.Read(line, now))
        {
            case Outcome<PriceLine>.Ok ok:
                return Explain(PriceAnswer.For(ok.Value, PriceBook.Default, assumes: false), output, errors);
            case Outcome<PriceLine>.Failed failed:
                errors.WriteLine(failed.Problem.Message);
                return ExitCode.BadInput;
            default:
                throw new InvalidOperationException("An outcome is neither.");
        }
    }

    private static int Explain(PriceAnswer answer, TextWriter output, TextWriter errors)
    {
        switch (answer)
        {
            case PriceAnswer.Priced priced:
                Explain(priced, output);
                return ExitCode.Done;
            case PriceAnswer.NotBilled free:
                output.WriteLine($"free     {free.Reason}");
                return ExitCode.Done;
            case PriceAnswer.Unknown unknown:
                output.WriteLine($"unknown  {unknown.Reason}");
                return ExitCode.Done;
            case PriceAnswer.Bad bad:
                errors.WriteLine(bad.Error);
                return ExitCode.BadInput;
            default:
                throw new InvalidOperationException($"No words for {answer}.");
        }
    }

    private static void Explain(PriceAnswer.Priced priced, TextWriter output)
    {
        var (found, usage, cost) = (priced.Found, priced.Usage, priced.Cost);
        var price = found.Price;
        var over = cost.Card.ContextOver == 0 ? "" : $", over {cost.Card.ContextOver} input tokens";
        output.WriteLine($"price        {price.Provider} {price.Model}, from {price.EffectiveFrom:yyyy-MM-dd} on");
        output.WriteLine($"source       {price.Source}");
        output.WriteLine($"found by     {PriceAnswerJson.Name(found.How)}");
        output.WriteLine($"card         {cost.Card.Tier}{over}".ToLowerInvariant());
        if (priced.Note is { } note)
        {
            output.WriteLine($"assumed      {note}");
        }

        Part(output, "input", usage.UncachedInput, cost.Card.Rates.Input);
        Part(output, "audio input", usage.InputAudio, cost.Card.Rates.InputAudio ?? cost.Card.Rates.Input);
        Part(output, "cache read", usage.CacheRead, cost.Card.Rates.CacheRead ?? cost.Card.Rates.Input);
        Part(output, "cache write", usage.CacheWrite, cost.Card.Rates.CacheWrite ?? cost.Card.Rates.Input);
        Part(output, "output", usage.Output, cost.Card.Rates.Output);
        Part(output, "reasoning", usage.Reasoning, cost.Card.Rates.Reasoning ?? cost.Card.Rates.Output);
        Part(output, "audio output", usage.OutputAudio, cost.Card.Rates.OutputAudio);
        Part(output, "image output", usage.OutputImage, cost.Card.Rates.OutputImage);
        if (cost.RequestFee != Usd.Zero)
        {
            output.WriteLine($"request fee  {cost.RequestFee}");
        }

        output.WriteLine($"total        {cost.Total}");
        output.WriteLine($"cache saved  {cost.CacheSavings}");
    }

    private static void Part(TextWriter output, string kind, long tokens, decimal? rate)
    {
        if (tokens > 0 && rate is { } perToken)
        {
            var million = ImportReport.Plain(perToken * 1_000_000m);
            output.WriteLine($"{kind,-12} {tokens} × {million} per million = {Usd.RoundHalfEven(tokens * perToken)}");
        }
    }

    /// <summary>The usage as a line of <c>price</c>; null: it is neither JSON nor a list of counts.</summary>
    private static string? LineOf(string provider, string model, string usage)
    {
        var line = usage.StartsWith('{') ? Parsed(usage) : Listed(usage);
        if (line is null)
        {
            return null;
        }

        line["provider"] = provider;
        line["model"] = model;
        return line.ToJsonString();
    }

    private static JsonObject? Parsed(string usage)
    {
        try
        {
            return JsonNode.Parse(usage) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static JsonObject? Listed(string usage)
    {
        var line = new JsonObject();
        foreach (var part in usage.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                return null;
            }

            var (name, value) = (part[..at], part[(at + 1)..]);
            line[ShortNames.GetValueOrDefault(name, name)] =
                long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
                    ? JsonValue.Create(count)
                    : bool.TryParse(value, out var truth) ? JsonValue.Create(truth) : JsonValue.Create(value);
        }

        return line;
    }
}
