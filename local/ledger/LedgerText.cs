using System.Globalization;
using AiGateway.Engine;

namespace AiGateway.Local.Ledger;

/// <summary>What the ledger's commands read and print: tab-separated lines, amounts as plain decimals.</summary>
internal static class LedgerText
{
    public const string Heading = "account\ttotal\tdifference\tof_account\tof_ledger\texplanation";

    public static long? Tokens(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens) ? tokens : null;

    public static string Line(Difference difference) => string.Join(
        '\t',
        difference.Account,
        difference.Total is { } total ? $"{total.Window}.{total.Dimension.ToString().ToLowerInvariant()}" : "-",
        Name(difference.Kind),
        Amount(difference.OfAccount),
        Amount(difference.OfLedger),
        Explanation(difference.Kind));

    private static string Amount(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);

    private static string Name(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Parts => "parts",
        DifferenceKind.Settled => "settled",
        DifferenceKind.Estimated => "estimated",
        DifferenceKind.HoldsMissing => "holds_missing",
        DifferenceKind.HoldsLeft => "holds_left",
        DifferenceKind.Moved => "moved",
        DifferenceKind.PostingOpen => "posting_open",
        _ => "busy",
    };

    private static string Explanation(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Parts => "committed is not settled + estimated + holds; rebuild sets it right",
        DifferenceKind.Settled => "settled is not the ledger's sum; rebuild sets it right",
        DifferenceKind.Estimated => "estimated is not the ledger's sum; rebuild sets it right",
        DifferenceKind.HoldsMissing => "less is held than the open entries need: a limit may be passed meanwhile",
        DifferenceKind.HoldsLeft => "more is held than the open entries need: under way, or left to expiry",
        DifferenceKind.Moved => "what shards moved between each other is not zero in sum; rebuild squares it on shard 0",
        DifferenceKind.PostingOpen => "postings that are not applied yet; the next batch or sweep applies them",
        _ => "it was booked on while it was compared: look again",
    };
}
