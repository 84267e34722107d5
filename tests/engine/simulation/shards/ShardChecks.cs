using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests.Simulation.Shards;

/// <summary>The invariants of a sharded scope, held against what truly happened.</summary>
/// <param name="world">The schedule's.</param>
/// <param name="budget">What the row says, and said.</param>
/// <param name="requests">As they truly went.</param>
/// <param name="isQuiet">Whether the row changes only while nothing is under way: then every admission is exact by the
/// row that it knew; else by the highest that any knew.</param>
internal sealed class ShardChecks(
    World world, ShardedBudget budget, IReadOnlyDictionary<string, ClientRequest> requests, bool isQuiet)
{
    public string? Violation { get; set; }

    /// <summary>Somebody was told to pass, by this row.</summary>
    public void Admitted(ShardedRow known)
    {
        if (known.IsSoft)
        {
            return;
        }

        var limits = isQuiet ? known : budget.Most;
        Violation ??= Over(ShardedBudget.Usd, limits.Usd) ?? (limits.Tokens is { } tokens ? Over(ShardedBudget.Tokens, tokens) : null);
    }

    /// <summary>What holds after every single write: of the accounts that it touched, and of the ledger's sums where it
    /// touched an entry. A schedule has thousands of writes.</summary>
    public void Written(StoreCall call)
    {
        var wrong = call.Items.Select(world.Tables.Accounts.WrongParts).FirstOrDefault(trouble => trouble is not null);
        Violation ??= wrong ?? SharesLost() ?? TooLittleHeld();
    }

    /// <summary>What holds when everything has come to rest.</summary>
    public string? AtRest() => Violation ?? SharesLost() ?? BooksAgree()
        ?? (world.Tables.OpenPostings.Any() ? "A posting was never applied." : null);

    private string? SharesLost()
    {
        foreach (var total in (ReadOnlySpan<Total>)[ShardedBudget.Usd, ShardedBudget.Tokens])
        {
            var moved = world.Tables.Accounts.SumOf(ShardedBudget.Hot, total).Moved;
            if (moved != 0m)
            {
                return $"{total}: the shards' moves come to {moved}.";
            }
        }

        return null;
    }

    private string? TooLittleHeld()
    {
        var spent = Spent(ShardedBudget.Usd);
        var committed = world.Tables.Accounts.SumOf(ShardedBudget.Hot, ShardedBudget.Usd).Committed;
        return committed < spent ? $"All shards' committed is {committed}, but {spent} is spent or may be." : null;
    }

    private string? Over(Total total, decimal limit) =>
        Spent(total) is var spent && spent > limit ? $"{total}: {spent} of a limit of {limit}." : null;

    private decimal Spent(Total total) => requests.Values.Sum(request =>
    {
        var entry = world.Tables.Ledger.Find(request.Id);
        var isClosed = entry?.State is
            EntryState.NotSent or EntryState.Expired or EntryState.Estimated or EntryState.Measured;
        return isClosed
            ? request.Passed.Count > 0 ? OnHot(entry!.Settled.Concat(entry.Estimated), total) : 0m
            : OnHot(request.Passed.SelectMany(attempt => attempt.Holds), total);
    });

    private static decimal OnHot(IEnumerable<AccountHold> holds, Total total) => holds
        .Where(hold => hold.Account.Whole() == ShardedBudget.Hot)
        .SelectMany(hold => hold.Amounts)
        .Where(amount => amount.Total == total)
        .Sum(amount => amount.Amount);

    private string? BooksAgree()
    {
        foreach (var item in world.Tables.Accounts.All)
        {
            foreach (var (total, running) in item.Totals)
            {
                var settled = OfLedger(item.Account, total, entry => entry.Settled);
                var estimated = OfLedger(item.Account, total, entry => entry.Estimated);
                if ((running.Settled, running.Estimated) != (settled, estimated)
                    || running.Committed != settled + estimated + running.Moved)
                {
                    return $"{item.Account} {total}: {running}, but the ledger has {settled} and {estimated}.";
                }
            }
        }

        return null;
    }

    private decimal OfLedger(
        AccountKey account, Total total, Func<LedgerEntry, IReadOnlyList<AccountHold>> part) => world.Tables.Ledger.All
        .SelectMany(part)
        .Where(hold => hold.Account == account)
        .SelectMany(hold => hold.Amounts)
        .Where(amount => amount.Total == total)
        .Sum(amount => amount.Amount);
}
