using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary><c>./dev prices import</c> and <c>./dev prices diff</c>.</summary>
internal static class ImportCommand
{
    /// <summary>Writes the book and its lists; <c>--check</c> only says whether they are up to date.</summary>
    internal static int Import(PriceFolder folder, bool isCheck, bool fromScratch, TextWriter output, TextWriter errors)
    {
        var imported = BookImport.Run(folder.Path);
        if (imported.Undecided.Count > 0)
        {
            errors.WriteLine($"{imported.Undecided.Count} differences between the sources have no decision:");
            foreach (var difference in imported.Undecided)
            {
                errors.WriteLine(difference);
            }

            return ExitCode.BadInput;
        }

        var previous = fromScratch ? [] : BookFile.Read(folder.Book);
        var files = Files(folder, imported, PriceHistory.Merge(previous, imported.Rows));
        var stale = files.Where(file => !IsSame(file.Path, file.Bytes)).ToList();
        foreach (var (path, bytes) in isCheck ? [] : stale)
        {
            File.WriteAllBytes(path, bytes);
        }

        output.WriteLine($"{imported.Rows.Count} rows, {imported.Report.Dropped.Count} entries dropped, "
            + $"{imported.Report.Rounded.Count} prices rounded, {imported.Report.Decided.Count} differences decided");
        foreach (var (path, _) in stale)
        {
            output.WriteLine($"{(isCheck ? "stale" : "wrote")} {Path.GetFileName(path)}");
        }

        return isCheck && stale.Count > 0 ? ExitCode.BadInput : ExitCode.Done;
    }

    /// <summary>Row by row what an import would change: <c>+</c> comes, <c>-</c> goes.</summary>
    internal static int Diff(PriceFolder folder, TextWriter output, TextWriter errors)
    {
        var previous = BookFile.Read(folder.Book);
        var imported = BookImport.Run(folder.Path);
        foreach (var line in BookDiff.Lines(previous, PriceHistory.Merge(previous, imported.Rows)))
        {
            output.WriteLine(line);
        }

        foreach (var difference in imported.Undecided)
        {
            errors.WriteLine($"undecided: {difference}");
        }

        return imported.Undecided.Count > 0 ? ExitCode.BadInput : ExitCode.Done;
    }

    private static List<(string Path, byte[] Bytes)> Files(
        PriceFolder folder, BookImport imported, IReadOnlyList<ModelPrice> rows) =>
    [
        (folder.Book, BookFile.Write(rows)),
        (folder.Dropped, ImportReport.File("# source\tentry\treason", imported.Report.Dropped)),
        (folder.Rounded, ImportReport.File("# source\tentry\tfield\tfrom\tto", imported.Report.Rounded)),
        (folder.Differences, ImportReport.File(
            "# provider\tmodel\tfield\tfirst\tsecond\ttaken\treason", imported.Report.Decided)),
    ];

    private static bool IsSame(string path, byte[] bytes) =>
        File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);
}
