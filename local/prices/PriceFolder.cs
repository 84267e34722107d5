namespace AiGateway.Local.Prices;

/// <summary>The repository's <c>prices/</c>: sources, decisions, the book and its lists.</summary>
internal sealed record PriceFolder(string Path)
{
    internal string Book => System.IO.Path.Combine(Path, "book.tsv");

    internal string Dropped => System.IO.Path.Combine(Path, "dropped.tsv");

    internal string Rounded => System.IO.Path.Combine(Path, "rounded.tsv");

    internal string Differences => System.IO.Path.Combine(Path, "differences.tsv");

    /// <summary>The folder named, or the nearest <c>prices/</c> with sources at or above the current folder.</summary>
    internal static PriceFolder? Find(string? named)
    {
        if (named is not null)
        {
            return Directory.Exists(System.IO.Path.Combine(named, "sources")) ? new PriceFolder(named) : null;
        }

        for (var folder = Directory.GetCurrentDirectory(); folder is not null;
            folder = System.IO.Path.GetDirectoryName(folder))
        {
            var prices = System.IO.Path.Combine(folder, "prices");
            if (Directory.Exists(System.IO.Path.Combine(prices, "sources")))
            {
                return new PriceFolder(prices);
            }
        }

        return null;
    }
}
