using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>
/// <c>prices/sources/provider_pages_*.tsv</c>: prices transcribed by hand from the providers' own pages, in the book's
/// notation. They count from their day on, whatever the registries say.
/// </summary>
internal static class ProviderPages
{
    internal const string Name = "provider-pages";

    internal static void AddTo(
        Dictionary<(string Provider, string Model), IReadOnlyList<ModelPrice>> rows, string sourcesFolder)
    {
        var path = Directory.EnumerateFiles(sourcesFolder, "provider_pages_*.tsv").Order(StringComparer.Ordinal).LastOrDefault();
        var lines = path is null ? [] : File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#');
        foreach (var model in lines.Select(PriceRowText.Read).GroupBy(row => (row.Provider, row.Model)))
        {
            var first = model.Min(row => row.EffectiveFrom);
            var before = rows.GetValueOrDefault(model.Key, []).Where(row => row.EffectiveFrom < first);
            rows[model.Key] = [.. before, .. model.OrderBy(row => row.EffectiveFrom)];
        }
    }
}
