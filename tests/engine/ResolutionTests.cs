using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;
using static AiGateway.Engine.Tests.SettlerFixture;

namespace AiGateway.Engine.Tests;

/// <summary>Any entry in any state, resolved by hand: the books still agree, and what may not be resolved is as it was.</summary>
[Trait("Takes", "long")]
public static class ResolutionTests
{
    private static readonly Gen<(Step[] Steps, Order[] Orders)> Histories =
        from steps in (from request in Gen.Choose(1, 5)
                       from kind in Gen.Choose(0, 5)
                       from cents in Gen.Choose(0, 400)
                       select new Step(request, kind, cents)).ListOf()
        from orders in (from request in Gen.Choose(1, 6)
                        from cents in Gen.Choose(-200, 600)
                        select new Order($"r{request}", cents < 0 ? null : cents / 100m)).ListOf()
        select ((Step[])[.. steps], (Order[])[.. orders]);

    [Fact]
    public static void A_resolution_keeps_the_books_and_counts_once() => Check.One(
        Laws.Cases(1000).WithEndSize(25),
        Prop.ForAll(Histories.ToArbitrary(), history => Run(history.Steps, history.Orders)));

    private static bool Run(Step[] steps, Order[] orders)
    {
        var world = new SettlerFixture();
        foreach (var step in steps)
        {
            Do(world, step);
            AssertBooksAgree(world);
        }

        foreach (var order in orders)
        {
            Resolve(world, order);
            AssertBooksAgree(world);
        }

        return true;
    }

    private static void Do(SettlerFixture world, Step step)
    {
        var id = $"r{step.Request}";
        switch (step.Kind)
        {
            case 0 when world.Tables.Ledger.Find(id) is null or { State: EntryState.Held }:
                world.Admit(id, step.Cents / 100m);
                break;
            case 1:
                Now(world.SettleAsync([Line(id, step.Cents / 100m)]));
                break;
            case 2:
                Now(world.SettleAsync([Line(id, step.Cents / 100m, EntryState.Estimated)]));
                break;
            case 3:
                Now(world.SettleAsync([Line(id, 0m, EntryState.NotSent)]));
                break;
            case 4:
                world.Time.Now += TimeSpan.FromMinutes(step.Cents / 8);
                break;
            default:
                Now(world.SweepAsync());
                break;
        }
    }

    private static void Resolve(SettlerFixture world, Order order)
    {
        var before = world.Tables.Ledger.Find(order.RequestId);
        var books = world.Books();
        var isOpen = before is { State: EntryState.Expired } || (before is { State: EntryState.Estimated } && order.Cost is not null);
        var first = Now(world.SettleAsync([RequestOf(world, order)])).Outcomes.Single();
        if (!isOpen)
        {
            Assert.IsType<SettlementOutcome.Rejected>(first);
            Assert.Equal(books, world.Books());
            return;
        }

        var entry = Assert.IsType<SettlementOutcome.Booked>(first).Entry;
        Assert.Equal(order.Cost is null ? EntryState.NotSent : EntryState.Measured, entry.State);
        Assert.Equal(order.Cost, entry.Result!.Cost?.Amount);
        Assert.Empty(entry.Estimated);

        books = world.Books();
        Assert.IsType<SettlementOutcome.Rejected>(Now(world.SettleAsync([RequestOf(world, order)])).Outcomes.Single());
        Assert.Equal(books, world.Books());
    }

    private static SettlementRequest RequestOf(SettlerFixture world, Order order) =>
        new Resolution(order.Cost is { } cost ? new Domain.Usd(cost) : null, 10).For(order.RequestId, world.Time.Now);

    // The ledger's sums are the accounts', and every account's parts come to its committed.
    private static void AssertBooksAgree(SettlerFixture world)
    {
        Assert.Empty(world.Tables.OpenPostings);
        foreach (var team in (string[])["payments", "unheld"])
        {
            var total = world.Dollars(team);
            Assert.Equal(
                (Sum(world, team, entry => entry.Settled), Sum(world, team, entry => entry.Estimated)),
                (total.Settled, total.Estimated));
            Assert.Equal(total.Settled + total.Estimated + total.Buckets.Values.Sum(), total.Committed);
        }
    }

    private static decimal Sum(SettlerFixture world, string team, Func<LedgerEntry, IReadOnlyList<AccountHold>> part) =>
        world.Tables.Ledger.All
            .SelectMany(part)
            .Where(hold => hold.Account == Account(team))
            .SelectMany(hold => hold.Amounts)
            .Where(amount => amount.Total == ContractData.MonthUsd)
            .Sum(amount => amount.Amount);

    // The fake store answers at once, so that nothing is ever waited for.
    private static T Now<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private sealed record Step(int Request, int Kind, int Cents);

    private sealed record Order(string RequestId, decimal? Cost);
}
