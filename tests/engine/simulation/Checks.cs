using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>The invariants of the budget engine, held against what truly happened.</summary>
internal sealed class Checks(World world, Budgets budgets, IReadOnlyDictionary<string, ClientRequest> requests)
{
    /// <summary>What holds after every single write; null where it does.</summary>
    public string? AfterWrite()
    {
        foreach (var account in world.Tables.Accounts.All)
        {
            foreach (var (total, running) in account.Totals)
            {
                var sum = running.Settled + running.Estimated + running.Buckets.Values.Sum();
                if (running.Committed != sum || running.Buckets.Values.Any(amount => amount < 0m))
                {
                    return $"{account.Account} {total}: committed {running.Committed}, its parts come to {sum}.";
                }
            }
        }

        return budgets.OnExpiry == ExpiryPolicy.Charge ? NeverTooLittleHeld() : null;
    }

    /// <summary>What holds when everything has come to rest.</summary>
    public string? AtRest() =>
        BooksAgree() ?? requests.Values.Select(EndedAsInOrder).FirstOrDefault(trouble => trouble is not null);

    private string? NeverTooLittleHeld()
    {
        var spent = TrulySpent();
        foreach (var (key, needed) in spent.Where(total => Budgets.IsHeld(total.Key.Account, total.Key.Total)))
        {
            var committed = world.Tables.Accounts.Read(key.Account)?[key.Total].Committed ?? 0m;
            if (committed < needed)
            {
                return $"{key.Account} {key.Total}: committed {committed}, but {needed} is spent or may be.";
            }
        }

        var over = budgets.Limits.FirstOrDefault(
            limit => spent.GetValueOrDefault((limit.Account, limit.Total)) > limit.Amount);
        return over is null ? null : $"{over.Account} {over.Total}: over its limit of {over.Amount}.";
    }

    // Settled, estimated and live. A charge for a request that was never passed is in the books only: a named
    // exception.
    private Dictionary<(AccountKey Account, Total Total), decimal> TrulySpent()
    {
        var spent = new Dictionary<(AccountKey, Total), decimal>();
        foreach (var request in requests.Values)
        {
            var entry = world.Tables.Ledger.Find(request.Id);
            var isClosed = entry?.State is
                EntryState.NotSent or EntryState.Expired or EntryState.Estimated or EntryState.Measured;
            if (!isClosed)
            {
                Add(spent, request.Passed.SelectMany(attempt => attempt.Holds));
            }
            else if (request.Passed.Count > 0)
            {
                Add(spent, entry!.Settled.Concat(entry.Estimated));
            }
        }

        return spent;
    }

    private string? BooksAgree()
    {
        var settled = new Dictionary<(AccountKey, Total), decimal>();
        var estimated = new Dictionary<(AccountKey, Total), decimal>();
        foreach (var entry in world.Tables.Ledger.All)
        {
            Add(settled, entry.Settled);
            Add(estimated, entry.Estimated);
        }

        foreach (var account in world.Tables.Accounts.All)
        {
            foreach (var (total, running) in account.Totals)
            {
                settled.Remove((account.Account, total), out var ledgerSettled);
                estimated.Remove((account.Account, total), out var ledgerEstimated);
                if ((running.Settled, running.Estimated) != (ledgerSettled, ledgerEstimated))
                {
                    return $"{account.Account} {total}: {running}, but the ledger has settled {ledgerSettled}, "
                        + $"estimated {ledgerEstimated}.";
                }

                if (running.Committed != running.Settled + running.Estimated)
                {
                    return $"{account.Account} {total}: a hold was never released: {running}.";
                }
            }
        }

        var isMissing = settled.Count + estimated.Count > 0;
        return isMissing ? "The ledger books on an account that has no item." : OpenPostings();
    }

    private string? OpenPostings() =>
        world.Tables.OpenPostings.Any() ? "A posting was never applied." : null;

    // The entry is what its attempts and its one line make of it, each taken once and in order.
    private string? EndedAsInOrder(ClientRequest request)
    {
        var entry = world.Tables.Ledger.Find(request.Id);
        var passed = request.Passed.Select(attempt => attempt.Id).ToList();
        if (!passed.All(id => entry?.Attempts.Any(attempt => attempt.Id == id) == true))
        {
            return $"{request.Id}: the entry lacks an attempt that passed: {entry}";
        }

        if (passed.Count == 0 && entry is null or { State: EntryState.Void })
        {
            return null;
        }

        var line = request.IsDelivered ? request.Line! : new LogLine(EntryState.Expired, 0);
        var held = entry! with { State = EntryState.Held, Settled = [], Estimated = [], Result = null };
        var expected = ((SettlementStep.Write)Transitions.Settle(held, request.Id, line.BookingFor(held))).Next;
        return Text(expected) == Text(entry!)
            ? null
            : $"{request.Id} ended as\n{Text(entry!)}\ninstead of\n{Text(expected)}";
    }

    private static string Text(LedgerEntry entry) =>
        $"{entry.State} settled {EntryText.Of(entry.Settled)} estimated {EntryText.Of(entry.Estimated)} "
        + $"cost {entry.Result?.Cost} overrun {entry.Result?.Overrun}";

    private static void Add(Dictionary<(AccountKey, Total), decimal> sums, IEnumerable<AccountHold> holds)
    {
        foreach (var hold in holds)
        {
            foreach (var (total, amount) in hold.Amounts.Where(amount => amount.Amount != 0m))
            {
                sums[(hold.Account, total)] = sums.GetValueOrDefault((hold.Account, total)) + amount;
            }
        }
    }
}
