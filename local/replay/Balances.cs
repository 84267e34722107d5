using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Local.Stack;

namespace AiGateway.Local.Replay;

/// <summary>What stands in a team's accounts, all months together.</summary>
/// <param name="Measured">Settled by a figure of the provider's.</param>
/// <param name="Estimated">Booked without one.</param>
/// <param name="OpenHolds">Reserved, not settled yet.</param>
internal sealed record Balance(Usd Measured, Usd Estimated, Usd OpenHolds)
{
    public static readonly Balance Zero = new(Usd.Zero, Usd.Zero, Usd.Zero);

    public Usd Total => Measured + Estimated + OpenHolds;
}

/// <summary>Reads the accounts and the ledger.</summary>
internal sealed class Balances(StackTables tables)
{
    private const int PagesMax = 10_000;
    private const string TeamPrefix = "team#";

    // The month item's own month: the window under which every request is booked, limited or not.
    private static readonly Total MonthUsd = new("M", Dimension.Usd);

    public async Task<IReadOnlyDictionary<string, Balance>> ReadAsync(CancellationToken stop)
    {
        var balances = new Dictionary<string, Balance>();
        string? cursor = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var read = Done(await tables.Accounts.ScanAsync(cursor, stop));
            foreach (var account in read.Accounts)
            {
                Add(balances, account);
            }

            cursor = read.Cursor;
            if (cursor is null)
            {
                return balances;
            }
        }

        throw new InvalidOperationException($"The accounts have more than {PagesMax} pages.");
    }

    /// <summary>The entries of these requests; those without one are left out.</summary>
    public async Task<IReadOnlyDictionary<string, LedgerEntry>> EntriesAsync(
        IEnumerable<string> requestIds, CancellationToken stop)
    {
        var entries = new Dictionary<string, LedgerEntry>();
        foreach (var ids in requestIds.Distinct().Chunk(LedgerTable.ItemsMax))
        {
            foreach (var entry in Done(await tables.Ledger.ReadAsync(ids, stop)))
            {
                entries.Add(entry.RequestId, entry);
            }
        }

        return entries;
    }

    private static void Add(Dictionary<string, Balance> balances, AccountTotals account)
    {
        var scope = account.Account.Scope.Value;
        if (!scope.StartsWith(TeamPrefix, StringComparison.Ordinal) || scope.IndexOf('#', TeamPrefix.Length) >= 0)
        {
            return;
        }

        var team = scope[TeamPrefix.Length..];
        var total = account[MonthUsd];
        var before = balances.GetValueOrDefault(team, Balance.Zero);
        balances[team] = new Balance(
            before.Measured + new Usd(total.Settled),
            before.Estimated + new Usd(total.Estimated),
            before.OpenHolds + new Usd(total.Buckets.Values.Sum()));
    }

    private static T Done<T>(StoreResult<T> result) => result switch
    {
        StoreResult<T>.Done(var value) => value,
        StoreResult<T>.Failed(var fault, var detail) => throw new InvalidOperationException($"{fault}: {detail}"),
        _ => throw new InvalidOperationException("A read was refused."),
    };
}
