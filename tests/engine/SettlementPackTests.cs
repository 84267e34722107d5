using AiGateway.Domain;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Engine.Tests;

/// <summary>Transactions of a batch: as few as it fits into, each of a hundred items at most, in its order.</summary>
public static class SettlementPackTests
{
    // Each step by the accounts that it changes; some change none, and most share some.
    private static readonly Gen<int[][]> Batches =
        from kinds in Gen.Choose(1, 80)
        from steps in Gen.Choose(0, 400)
        from accounts in (from count in Gen.Choose(0, 4)
                          from chosen in Gen.Choose(0, kinds).ArrayOf(count)
                          select chosen.Distinct().ToArray()).ArrayOf(steps)
        select accounts;

    [Fact]
    public static void Every_step_is_in_one_transaction_that_no_step_of_the_next_would_fit_into() => Check.One(
        Laws.Cases(500),
        Prop.ForAll(Batches.ToArbitrary(), batch =>
        {
            List<PendingStep> steps = [.. batch.Select(Step)];
            var packs = SettlementPack.Split(steps);

            Assert.Equal(steps, packs.SelectMany(pack => pack.Steps));
            Assert.All(packs, pack => Assert.InRange(ItemsOf(pack.Steps), 1, SettlementPack.ItemsMax));
            Assert.All(packs.Zip(packs.Skip(1)), two => Assert.True(
                ItemsOf([.. two.First.Steps, two.Second.Steps[0]]) > SettlementPack.ItemsMax, "It had room for the next step."));
        }));

    [Theory]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(198, 2)]
    [InlineData(199, 3)]
    public static void Ninety_nine_requests_of_one_account_are_one_transaction(int requests, int transactions) => Assert.Equal(
        transactions, SettlementPack.Split([.. Enumerable.Range(0, requests).Select(number => Step([7], number))]).Count);

    [Fact]
    public static void A_step_that_no_transaction_holds_is_one_of_its_own() => Assert.Equal(
        [1, 1, 1, 1], SettlementPack.Split([Huge(0), Step([1], 1), Huge(2), Step([1], 3)]).Select(pack => pack.Steps.Count));

    [Fact]
    public static void No_step_is_no_transaction() => Assert.Empty(SettlementPack.Split([]));

    [Fact]
    public static void An_entry_names_the_posting_that_carries_its_change_and_keeps_the_last_one_where_there_is_none()
    {
        var pack = new SettlementPack([Step([1], 0, version: 1), Step([], 1, version: 7), Step([1, 2], 2, version: 3)]);
        var entries = pack.EntryWrites("new");

        Assert.Equal(["new", "earlier", "new"], entries.Select(write => write.Entry.PostingId));
        Assert.Equal([null, 6L, 2L], entries.Select(write => write.ReadVersion));
        Assert.Equal(["r0", "r1", "r2"], pack.Requests.Select(request => request.RequestId));
    }

    [Fact]
    public static void One_posting_for_each_account_carries_all_of_its_changes()
    {
        var pack = new SettlementPack([Step([1], 0), Step([1, 2], 1)]);
        var postings = pack.Postings("new");

        Assert.Equal([Account(1), Account(2)], postings.Select(posting => posting.Account));
        Assert.All(postings, posting => Assert.Equal("new", posting.Id));
        Assert.Equal([2m, 1m], postings.Select(posting => Assert.Single(posting.Changes).Settled));
    }

    private static int ItemsOf(IReadOnlyList<PendingStep> steps) =>
        steps.Count + steps.SelectMany(step => step.Write.Changes).Select(change => change.Account).Distinct().Count();

    private static PendingStep Huge(int number) => Step([.. Enumerable.Range(0, 100)], number);

    private static PendingStep Step(int[] accounts, int number) => Step(accounts, number, version: 1);

    private static PendingStep Step(int[] accounts, int number, long version) => new(
        new SettlementRequest($"r{number}", _ => throw new InvalidOperationException("It was asked before.")),
        new SettlementStep.Write(
            ContractData.Measured(ContractData.Held($"r{number}"), 1m, "earlier") with { Version = version },
            [.. accounts.Select(account => new AccountChange(Account(account), [new(ContractData.MonthUsd, 1m, 0m, [])]))]));

    private static AccountKey Account(int number) => new(ContractData.TeamScope($"t{number}"), "2026-11");
}
