using System.Globalization;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Contract;

/// <summary>
/// Ledger values as text, so that tests compare them whole: records compare their lists by reference.
/// </summary>
internal static class EntryText
{
    public static string Of(LedgerEntry entry) => string.Join(
        '\n',
        $"{entry.RequestId} {entry.State} v{entry.Version} {entry.Team} {entry.CreatedAt:O} posting {entry.PostingId}",
        string.Join('\n', entry.Attempts.Select(Of)),
        $"settled {Of(entry.Settled)}",
        $"estimated {Of(entry.Estimated)}",
        $"result {entry.Result}");

    public static string Of(Posting posting) =>
        $"{posting.Account} {posting.Id}: " + string.Join(", ", posting.Changes.Select(change =>
            $"{change.Total} s{Of(change.Settled)} e{Of(change.Estimated)} "
            + string.Join('+', change.Released.Select(hold => $"{hold.Bucket}:{Of(hold.Amount)}"))));

    public static string Of(IEnumerable<AccountHold> holds) => string.Join("; ", holds.Select(hold =>
        $"{hold.Account}: {string.Join(", ", hold.Amounts.Select(a => $"{a.Total} {Of(a.Amount)}"))}"));

    private static string Of(Attempt attempt) =>
        $"{attempt.Id} {attempt.Bucket} {attempt.AdmittedAt:O} {attempt.Call} {attempt.Hold} {attempt.Bounds} "
        + $"{attempt.OnRetry} {attempt.OnExpiry} {Of(attempt.Holds)}";

    private static string Of(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);
}
