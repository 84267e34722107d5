using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>The whole way from the vendored sources to the book's rows.</summary>
internal sealed class BookImport
{
    private BookImport(
        IReadOnlyList<ModelPrice> rows,
        ImportReport report,
        IReadOnlyList<Difference> undecided,
        IReadOnlyList<string> unusedDecisions)
    {
        Rows = rows;
        Report = report;
        Undecided = undecided;
        UnusedDecisions = unusedDecisions;
    }

    /// <summary>In the book's order; what these sources say, without the past of an earlier book.</summary>
    internal IReadOnlyList<ModelPrice> Rows { get; }

    internal ImportReport Report { get; }

    internal IReadOnlyList<Difference> Undecided { get; }

    /// <summary>Decisions that no difference needs any more.</summary>
    internal IReadOnlyList<string> UnusedDecisions { get; }

    /// <summary>Reads <c>prices/sources</c> and <c>prices/decisions.tsv</c> below this folder.</summary>
    internal static BookImport Run(string pricesFolder)
    {
        var folder = Path.Combine(pricesFolder, "sources");
        var report = new ImportReport();
        var liteLlm = Source(folder, "litellm_", LiteLlmSource.Name);
        var genaiFile = Source(folder, "genai_prices_", GenaiSource.Name);
        var portkeyFile = Source(folder, "portkey_bedrock_", PortkeySource.Name);

        var decisions = Decisions.Read(Path.Combine(pricesFolder, "decisions.tsv"));
        var merger = new Merger(decisions, report);
        var genai = new GenaiSource(genaiFile, report);
        var portkey = new PortkeySource(portkeyFile, report).Read()
            .ToDictionary(row => (row.Provider, row.Model));
        var rows = new Dictionary<(string Provider, string Model), IReadOnlyList<ModelPrice>>();
        var listed = Duplicates.Merged(new LiteLlmSource(liteLlm, report).Read(), report)
            .ToDictionary(row => (row.Provider, row.Model));
        foreach (var (key, row) in listed)
        {
            var regional = portkey.GetValueOrDefault(key) ?? OfBaseModel(row, listed, portkey);
            rows[key] = merger.Merge(row, merger.InForce(genai.Find(row.Provider, row.Model)), regional);
        }

        AddMissing(rows, genai.All(), portkey.Values, merger, genai);
        ProviderPages.AddTo(rows, folder);
        var derived = rows.Values.SelectMany(dated => dated)
            .Select(row => DerivedPrices.Applied(merger.Corrected(row), report));
        var ordered = PriceHistory.Ordered(Snapshots.Completed([.. derived]));
        return new BookImport(ordered, report, merger.Undecided, [.. decisions.Unused]);
    }

    /// <summary>A geographic profile that LiteLLM prices like its model is billed like its model elsewhere too.</summary>
    private static ModelPrice? OfBaseModel(
        ModelPrice row,
        Dictionary<(string Provider, string Model), ModelPrice> listed,
        Dictionary<(string Provider, string Model), ModelPrice> portkey)
    {
        var plain = (row.Provider, row.Model[(row.Model.IndexOf('.') + 1)..]);
        return row.Provider == "aws.bedrock" && !row.Model.Contains("claude") && !row.Model.Contains('/')
            && listed.TryGetValue(plain, out var model) && model.Standard == row.Standard
            ? portkey.GetValueOrDefault(plain)
            : null;
    }

    private static void AddMissing(
        Dictionary<(string Provider, string Model), IReadOnlyList<ModelPrice>> rows,
        IEnumerable<IReadOnlyList<ModelPrice>> genaiModels,
        IEnumerable<ModelPrice> portkeyModels,
        Merger merger,
        GenaiSource genai)
    {
        foreach (var row in portkeyModels.Where(row => !rows.ContainsKey((row.Provider, row.Model))))
        {
            var known = merger.InForce(genai.Find(row.Provider, row.Model[(row.Model.IndexOf('/') + 1)..]));
            rows.Add((row.Provider, row.Model), row.Model.Contains('/') ? [row] : merger.Merge(row, known, null));
        }

        foreach (var dated in genaiModels)
        {
            rows.TryAdd((dated[0].Provider, dated[0].Model), merger.InForce(dated));
        }
    }

    private static SourceFile Source(string folder, string prefix, string name) =>
        SourceFile.Newest(folder, prefix, name)
        ?? throw new InvalidDataException($"{folder} has no {prefix}*.json.");
}
