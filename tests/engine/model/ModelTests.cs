using System.Globalization;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Engine.Tests.Model;

/// <summary>
/// Any history of reservations, retries, lines, expiries, limit and period changes, against a trivial reference.
/// </summary>
[Trait("Takes", "long")]
public static class ModelTests
{
    private static readonly Gen<Step> Steps = Gen.Frequency(
        (8, from request in Gen.Choose(1, 6)
            from cents in Gen.Choose(0, 400)
            from limit in Gen.Choose(0, 1500)
            select (Step)new Step.Reserve(request, cents, limit)),
        (6, from request in Gen.Choose(1, 7)
            from state in Gen.Elements(EntryState.NotSent, EntryState.Estimated, EntryState.Measured)
            from part in Gen.Choose(0, 1200)
            select (Step)new Step.Tell(request, state, part)),
        (3, from minutes in Gen.Choose(1, 25) select (Step)new Step.Wait(minutes)),
        (2, Gen.Constant<Step>(new Step.Sweep())),
        (1, Gen.Constant<Step>(new Step.RollPeriod())));

    [Fact]
    public static void The_engine_agrees_with_the_reference_after_every_step() => Check.One(
        Laws.Cases(2000).WithEndSize(60),
        Prop.ForAll(Steps.ListOf().ToArbitrary(), steps => new Comparison().Run([.. steps])));

    private sealed class Comparison
    {
        private readonly ReferenceBooks reference = new();
        private readonly FakeTables tables = new();
        private readonly ManualTime time = new();
        private readonly FakeStore store;
        private int period = 1;
        private int ids;

        public Comparison() => store = FakeStore.Perfect(tables);

        private string Period => $"2026-{period:D2}";

        public bool Run(IReadOnlyList<Step> steps) => steps.All(step =>
        {
            Do(step);
            return Enumerable.Range(1, period).All(IsSame);
        });

        private void Do(Step step)
        {
            switch (step)
            {
                case Step.Reserve(var request, var cents, var limit):
                    var expected = reference.Reserve(
                        $"r{request}", Period, HoldBucket.Containing(time.Now), cents / 100m, limit / 100m);
                    Assert.Equal(expected, Reserve($"r{request}", cents / 100m, limit / 100m));
                    break;
                case Step.Tell(var request, var state, var part):
                    reference.Book($"r{request}", state, part);
                    Now(Settler().SettleAsync([Line($"r{request}", state, part)], default));
                    break;
                case Step.Wait(var minutes):
                    time.Now += TimeSpan.FromMinutes(minutes);
                    break;
                case Step.Sweep:
                    reference.Sweep(SweepOptions.Default.NewestExpired(time.Now));
                    var sweep = new Sweep(store, store, store, Settler(), time.Pacing(), SweepOptions.Default);
                    Assert.Null(Now(sweep.RunAsync(default)).LeftForNext);
                    break;
                default:
                    period++;
                    break;
            }
        }

        private string Reserve(string request, decimal usd, decimal limit)
        {
            var account = AccountOf(Period);
            var attempt = ContractData.AttemptOf($"a{ids++}", usd) with
            {
                Bucket = HoldBucket.Containing(time.Now),
                Holds = [new AccountHold(account, [new(ContractData.MonthUsd, usd)])],
            };
            var hard = new AccountLimit(
                account, ContractData.MonthUsd, limit, BudgetMode.Hard, DateTimeOffset.MaxValue);
            var reservation = new Reservation(store, store, time.Pacing());
            var outcome = Now(reservation.ReserveAsync(
                new ReservePlan(request, "payments", attempt, [hard]), time.Now.AddSeconds(1), default));
            return outcome switch
            {
                ReserveOutcome.Admitted(var attempts, _) => $"admitted {attempts}",
                ReserveOutcome.OverLimit => "over",
                ReserveOutcome.NotHeld => "closed",
                _ => outcome.ToString()!,
            };
        }

        private static SettlementRequest Line(string request, EntryState state, int perMille) => new(
            request,
            entry => new Booking(
                state,
                "payments",
                ContractData.Admitted,
                [],
                new BookedAmounts(
                    entry is { Attempts.Count: > 0 }
                        ? Usd.RoundHalfEven(entry.Attempts[^1].Hold.Amount * perMille / 1000m)
                        : Usd.Zero,
                    0,
                    1),
                new EntryResult(null, "told", null, null, null, null, null, Usd.Zero, ContractData.Admitted)));

        private Settler Settler() => new(
            store, store, time.Pacing(), () => (ids++).ToString("D8", CultureInfo.InvariantCulture));

        private bool IsSame(int number)
        {
            var name = $"2026-{number:D2}";
            var total = tables.Accounts.Read(AccountOf(name))?[ContractData.MonthUsd] ?? RunningTotal.Zero;
            Assert.Equal(
                (reference.Committed(name), reference.Settled(name), reference.Estimated(name)),
                (total.Committed, total.Settled, total.Estimated));
            return true;
        }

        private static AccountKey AccountOf(string period) => new(ContractData.TeamScope("payments"), period);

        // The perfect store answers at once, so that nothing is ever waited for.
        private static T Now<T>(Task<T> task) => task.GetAwaiter().GetResult();
    }
}
