using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;
using static AiGateway.Domain.Tests.Ledger.LedgerData;

namespace AiGateway.Domain.Tests.Ledger;

/// <summary>
/// What holds for every history of a request: duplicates, reorderings, any number of attempts, any policy.
/// </summary>
public static class TransitionLaws
{
    private static readonly Config Many = Laws.Cases(2000);

    private static readonly Gen<EntryState> States = Gen.Elements(
        EntryState.NotSent, EntryState.Expired, EntryState.Estimated, EntryState.Measured);

    private static readonly Gen<LedgerEntry> Entries =
        from count in Gen.Choose(1, 3)
        from holds in Gen.Choose(0, 500).ArrayOf(count)
        from teams in Gen.Elements("payments", "search").ArrayOf(count)
        from retries in Gen.Elements(RetryPolicy.Release, RetryPolicy.Charge).ArrayOf(count)
        from expiry in Gen.Elements(ExpiryPolicy.Release, ExpiryPolicy.Charge)
        select Held([.. Enumerable.Range(0, count).Select(n =>
            Attempt($"a{n}", holds[n] / 100m, teams[n], retries[n], expiry, Bucket + (n / 2)))]);

    [Fact]
    public static void The_end_depends_on_what_was_said_and_not_on_its_order() => Check.One(Many, Prop.ForAll(
        Histories(), history => Text(Run(history).End) == Text(Run((history.Entry, [Strongest(history.Said)])).End)));

    [Fact]
    public static void Saying_everything_again_changes_nothing() => Check.One(Many, Prop.ForAll(
        Histories(),
        history => Run((history.Entry, [.. history.Said, .. history.Said])).Changes.Count
            == Run(history).Changes.Count));

    [Fact]
    public static void What_is_booked_on_the_accounts_is_what_the_entry_says() => Check.One(Many, Prop.ForAll(
        Histories(),
        history =>
        {
            var (end, changes) = Run(history);
            return Sum(changes, change => change.Settled).SetEquals(Sum(end.Settled))
                && Sum(changes, change => change.Estimated).SetEquals(Sum(end.Estimated));
        }));

    [Fact]
    public static void A_hold_ends_at_most_once_and_never_by_more_than_was_held() => Check.One(Many, Prop.ForAll(
        Histories(),
        history =>
        {
            var (end, changes) = Run(history);
            var released = Sum(changes, change => change.Released.Sum(hold => hold.Amount));
            var held = Sum(history.Entry.Attempts.SelectMany(attempt => attempt.Holds));
            var isNamed = end.State is EntryState.Estimated or EntryState.Measured;
            return released.Count == 0 || (isNamed && released.SetEquals(held));
        }));

    private static Arbitrary<(LedgerEntry Entry, EntryState[] Said)> Histories() => (
        from entry in Entries
        from said in States.NonEmptyListOf()
        select (entry, said.ToArray())).ToArbitrary();

    // An expiry counts only where nothing else was said: it is no line, and any line knows better.
    private static EntryState Strongest(EntryState[] said) =>
        said.Where(state => state != EntryState.Expired).DefaultIfEmpty(EntryState.Expired).Max();

    private static (LedgerEntry End, List<AccountChange> Changes) Run((LedgerEntry Entry, EntryState[] Said) history)
    {
        var entry = history.Entry;
        var changes = new List<AccountChange>();
        foreach (var state in history.Said)
        {
            if (Transitions.Settle(entry, "r1", Line(state, 0.123m, 45)) is SettlementStep.Write write)
            {
                entry = write.Next;
                changes.AddRange(write.Changes);
            }
        }

        return (entry, changes);
    }

    private static string Text(LedgerEntry entry) =>
        $"{entry.State} {LedgerData.Text(entry.Settled)} / {LedgerData.Text(entry.Estimated)} / {entry.Result}";

    private static HashSet<(AccountKey, Total, decimal)> Sum(
        IEnumerable<AccountChange> changes, Func<TotalChange, decimal> part) => Sum(changes.Select(change =>
            new AccountHold(
                change.Account, [.. change.Changes.Select(total => new TotalAmount(total.Total, part(total)))])));

    private static HashSet<(AccountKey, Total, decimal)> Sum(IEnumerable<AccountHold> holds) =>
        [.. holds.SelectMany(hold => hold.Amounts, (hold, amount) => (hold.Account, amount.Total, amount.Amount))
            .GroupBy(amount => (amount.Account, amount.Total), amount => amount.Amount)
            .Select(total => (total.Key.Account, total.Key.Total, total.Sum()))
            .Where(total => total.Item3 != 0m)];
}
