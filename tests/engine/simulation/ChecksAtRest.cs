using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>What holds when everything has come to rest.</summary>
internal sealed class ChecksAtRest(World world, IReadOnlyDictionary<string, ClientRequest> requests)
{
    public string? Run() =>
        BooksAgree() ?? requests.Values.Select(EndedAsInOrder).FirstOrDefault(trouble => trouble is not null);

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
                if (IsKept(total) && (running.Settled, running.Estimated) != (ledgerSettled, ledgerEstimated))
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

        var isMissing = settled.Keys.Concat(estimated.Keys).Any(key => IsKept(key.Item2));
        return isMissing ? "The ledger books on an account that has no item." : OpenPostings();
    }

    // Minutes, hours and days that are over may have been removed from their items.
    private static bool IsKept(Total total) => total.Window[0] is not ('d' or 'h' or 'n');

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

        // Nothing was let through; or only without a hold, and its line was lost.
        if (entry is null or { State: EntryState.Void } && !(request.IsSpent && request.IsDelivered))
        {
            return null;
        }

        if (entry is null)
        {
            return $"{request.Id}: its line was never booked.";
        }

        var line = request.IsDelivered ? request.Line! : new LogLine(EntryState.Expired, 0, null);
        var held = entry.Attempts.Count == 0
            ? null
            : entry with { State = EntryState.Held, Settled = [], Estimated = [], Result = null };
        var expected = ((SettlementStep.Write)Transitions.Settle(held, request.Id, line.BookingFor(held))).Next;
        return Text(expected) == Text(entry)
            ? null
            : $"{request.Id} ended as\n{Text(entry)}\ninstead of\n{Text(expected)}";
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
