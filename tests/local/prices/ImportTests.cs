using System.Text.Json;
using AiGateway.Domain.Pricing;
using AiGateway.Local.Prices;

namespace AiGateway.Local.Tests.Prices;

/// <summary>The committed book against its sources.</summary>
public static class ImportTests
{
    private static readonly PriceFolder Folder = Sources.Folder;

    private static readonly Lazy<BookImport> Imported = new(() => BookImport.Run(Folder.Path));

    [Fact]
    public static void Importing_again_changes_not_one_byte_of_the_book_and_its_lists()
    {
        Assert.Equal(ExitCode.Done, ImportCommand.Import(Folder, true, false, TextWriter.Null, TextWriter.Null));
    }

    [Fact]
    public static void Importing_without_the_past_twice_gives_the_same_bytes()
    {
        var first = BookFile.Write(PriceHistory.Merge([], Imported.Value.Rows));
        var second = BookFile.Write(PriceHistory.Merge([], BookImport.Run(Folder.Path).Rows));

        Assert.Equal(first, second);
    }

    [Fact]
    public static void Every_priced_entry_of_LiteLlm_is_in_the_book_or_listed_with_its_reason()
    {
        var book = PriceBook.Default.Rows.Select(row => (row.Provider, row.Model)).ToHashSet();
        var dropped = Listed(Folder.Dropped).Where(line => line[0] == LiteLlmSource.Name).Select(line => line[1]).ToHashSet();
        var missing = Entries().Where(entry => !dropped.Contains(entry.Name) && !book.Contains((
                ProviderNames.FromLiteLlm(entry.Value.GetProperty("litellm_provider").GetString()!),
                ProviderNames.ModelOf(entry.Name, entry.Value.GetProperty("litellm_provider").GetString()!))))
            .Select(entry => entry.Name);

        Assert.Empty(missing);
    }

    [Fact]
    public static void What_is_dropped_as_unpriced_has_no_price()
    {
        var unpriced = Listed(Folder.Dropped)
            .Where(line => line[0] == LiteLlmSource.Name && line[2].StartsWith("no price", StringComparison.Ordinal))
            .Select(line => line[1]).ToHashSet();
        var entries = Entries().Where(entry => unpriced.Contains(entry.Name)).ToList();

        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.DoesNotContain(
            entry.Value.EnumerateObject(),
            field => field.Value.ValueKind == JsonValueKind.Number
                && field.Name.Contains("cost_per", StringComparison.Ordinal)
                && !field.Name.Contains("dbu", StringComparison.Ordinal)));
    }

    [Fact]
    public static void LiteLlms_input_and_output_prices_are_taken_to_the_last_digit_or_explained()
    {
        var explained = Listed(Folder.Differences).Select(line => (line[0], line[1])).ToHashSet();
        var dropped = Listed(Folder.Dropped).Select(line => line[1]).ToHashSet();
        var day = Sources.LiteLlm.Date;
        var compared = 0;
        var rows = new LiteLlmSource(Sources.LiteLlm, new ImportReport()).Read();
        foreach (var row in rows.Where(row => !dropped.Contains(row.Entry)).Select(row => row.Price))
        {
            var query = new PriceQuery(row.Provider, row.Model, null, At(day), null);
            var found = Assert.IsType<PriceLookup.Found>(PriceBook.Default.Find(query));
            if (!explained.Contains((row.Provider, row.Model)) && row.Standard is { } rates)
            {
                compared++;
                Assert.Equal(
                    (row.Provider, row.Model, rates.Input ?? found.Price.Standard?.Input, rates.Output ?? found.Price.Standard?.Output),
                    (row.Provider, row.Model, found.Price.Standard?.Input, found.Price.Standard?.Output));
            }
        }

        Assert.InRange(compared, 2_000, 3_000);
    }

    /// <summary>The three sources against each other, read apart from the importer's merge.</summary>
    [Fact]
    public static void Wherever_two_sources_differ_the_list_of_differences_says_what_was_taken_and_why()
    {
        var report = new ImportReport();
        var genai = new GenaiSource(Sources.Genai, report);
        var portkey = new PortkeySource(Sources.Portkey, report).Read().ToDictionary(row => (row.Provider, row.Model));
        var explained = Listed(Folder.Differences).Select(line => (line[0], line[1])).ToHashSet();
        var differing = new List<(string, string)>();
        foreach (var row in Duplicates.Merged(new LiteLlmSource(Sources.LiteLlm, report).Read(), report))
        {
            var others = genai.Find(row.Provider, row.Model).TakeLast(1)
                .Append(portkey.GetValueOrDefault((row.Provider, row.Model)));
            if (others.Any(other => other is not null && Differs(row.Standard, other.Standard)))
            {
                differing.Add((row.Provider, row.Model));
            }
        }

        Assert.InRange(differing.Count, 150, 400);
        Assert.All(differing, model => Assert.Contains(model, explained));
    }

    [Fact]
    public static void Every_difference_is_decided_with_a_reason_and_every_decision_is_needed()
    {
        Assert.Empty(Imported.Value.Undecided);
        Assert.All(Listed(Folder.Differences), line => Assert.True(line.Length == 7 && line[6].Length > 10, string.Join(' ', line)));
        Assert.Empty(Imported.Value.UnusedDecisions);
    }

    [Fact]
    public static void A_slip_of_units_is_dropped_rather_than_billed()
    {
        Assert.Contains(Listed(Folder.Dropped), line => line[1] == "wandb/openai/gpt-oss-120b" && line[2].Contains("slip of units"));
        Assert.All(
            PriceBook.Default.Rows.SelectMany(row => row.Cards), card => Assert.True((card.Rates.Highest ?? 0m) <= 0.001m));
    }

    [Fact]
    public static void Rounding_is_to_1e_12_and_listed()
    {
        var rounded = Listed(Folder.Rounded).ToList();

        Assert.NotEmpty(rounded);
        Assert.All(rounded, line => Assert.Equal(
            decimal.Parse(line[4]), decimal.Round(decimal.Parse(line[3]), 12, MidpointRounding.ToEven)));
        Assert.All(
            PriceBook.Default.Rows.SelectMany(row => row.Cards).SelectMany(card => RateExtensions.All.Select(card.Rates.Of)),
            rate => Assert.Equal(rate is { } price ? decimal.Round(price, 12) : null, rate));
    }

    [Fact]
    public static void No_model_is_free_unless_a_source_says_so_and_no_other_says_otherwise()
    {
        var free = PriceBook.Default.Rows.Where(row => row.IsFree).ToList();
        var genai = new GenaiSource(Sources.Genai, new ImportReport());

        Assert.NotEmpty(free);
        Assert.All(free, row => Assert.DoesNotContain(
            genai.Find(row.Provider, row.Model), other => other.Standard?.Highest > 0m && row.Provider != "openrouter"));
    }

    [Fact]
    public static void Every_row_names_sources_whose_date_and_licence_the_book_gives()
    {
        var heading = File.ReadLines(Folder.Book).Where(line => line.StartsWith("# source ", StringComparison.Ordinal)).ToList();

        Assert.All(
            PriceBook.Default.Rows.SelectMany(row => row.Source.Split('+')).Distinct(),
            code => Assert.Contains(heading, line => line.StartsWith($"# source {code}: ", StringComparison.Ordinal)
                && (code.StartsWith("provider-pages", StringComparison.Ordinal) || line.Contains(": MIT, "))));
        Assert.All(
            new[] { "litellm", "genai-prices", "portkey-models" },
            name => Assert.True(File.Exists(Path.Combine(Folder.Path, "sources", "LICENSE." + name))));
    }

    [Fact]
    public static void The_kinds_of_prices_that_providers_have_are_all_in_the_book()
    {
        var rows = PriceBook.Default.Rows.ToList();
        var cards = rows.SelectMany(row => row.Cards).ToList();

        Assert.All(Enum.GetValues<ServiceTier>(), tier => Assert.Contains(cards, card => card.Tier == tier));
        Assert.All(new long[] { 128_000, 200_000, 272_000 }, over => Assert.Contains(cards, card => card.ContextOver == over));
        Assert.All(RateExtensions.All, rate => Assert.Contains(cards, card => card.Rates.Of(rate) is > 0m));
        Assert.All(Enum.GetValues<ModelKind>(), kind => Assert.Contains(rows, row => row.Kind == kind));
        Assert.Contains(rows, row => row.RequestFeeUsd is > 0m);
        Assert.All(
            new[] { "us.", "eu.", "apac.", "au.", "jp.", "global.", "us-gov.", "eu-west-2/" },
            prefix => Assert.Contains(
                rows, row => row.Provider == "aws.bedrock" && row.Model.StartsWith(prefix, StringComparison.Ordinal)));
    }

    private static bool Differs(TokenRates? one, TokenRates? other) =>
        one is not null && other is not null
        && ((one.Input is { } input && other.Input is { } otherInput && input != otherInput)
            || (one.Output is { } output && other.Output is { } otherOutput && output != otherOutput));

    private static DateTimeOffset At(DateOnly day) => new(day, default, TimeSpan.Zero);

    private static IEnumerable<string[]> Listed(string path) =>
        File.ReadLines(path).Where(line => line[0] != '#').Select(line => line.Split('\t'));

    private static IEnumerable<JsonProperty> Entries()
    {
        var document = Sources.LiteLlm.Read();
        return document.RootElement.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.Object
            && entry.Name != "sample_spec" && entry.Value.TryGetProperty("litellm_provider", out _));
    }
}
