using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary>Two books, row by row, in the book's order.</summary>
internal static class BookDiff
{
    internal static IEnumerable<string> Lines(IReadOnlyList<ModelPrice> before, IReadOnlyList<ModelPrice> after)
    {
        var old = before.ToDictionary(Key, PriceRowText.Write);
        var now = after.ToDictionary(Key, PriceRowText.Write);
        foreach (var key in old.Keys.Union(now.Keys).Order())
        {
            var was = old.GetValueOrDefault(key);
            var becomes = now.GetValueOrDefault(key);
            if (was == becomes)
            {
                continue;
            }

            if (was is not null)
            {
                yield return "- " + was;
            }

            if (becomes is not null)
            {
                yield return "+ " + becomes;
            }
        }
    }

    private static (string Provider, string Model, DateOnly From) Key(ModelPrice row) =>
        (row.Provider, row.Model, row.EffectiveFrom);
}
