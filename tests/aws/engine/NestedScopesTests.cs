using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Engine;

/// <summary>
/// Five hundred requests at once over four nested scopes, with caps that are crossed, and settlement beside them: no cap
/// is ever passed, and what is left fits nothing more.
/// </summary>
public static class NestedScopesTests
{
    private const int Requests = 500;

    [Fact]
    public static async Task No_cap_of_four_nested_scopes_is_passed_and_whatever_fits_is_admitted()
    {
        using var engine = await EngineOnTables.CreateAsync();
        var admitted = Channel.CreateUnbounded<ReservePlan>();
        var booked = new ConcurrentBag<ReservePlan>();
        var settling = SettleAllAsync(engine, admitted.Reader, booked);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Requests).Select(async number =>
        {
            var plan = PlanOf(number);
            var outcome = await engine.ReserveAsync(plan);
            if (outcome is ReserveOutcome.Admitted passed)
            {
                AssertWithin(plan, passed);
                await admitted.Writer.WriteAsync(plan);
            }

            return outcome;
        }));
        admitted.Writer.Complete();
        await settling;

        // On a machine too busy DynamoDB Local ends calls that wait for a lock for too long with an InternalServerError, of which
        // nobody knows whether they were applied. What that leaves is the sweep's.
        Assert.All(outcomes, outcome => Assert.True(
            outcome is ReserveOutcome.Admitted or ReserveOutcome.OverLimit or ReserveOutcome.StoreFailed { Fault: StoreFault.TimedOut }));
        Assert.Null((await engine.SweepAsync()).LeftForNext);
        Assert.InRange(booked.Count, 1, Requests - 1);
        await AssertBooksAsync(engine, booked);
        await AssertRefusesOnlyWhatDoesNotFitAsync(engine);
    }

    private static async Task SettleAllAsync(
        EngineOnTables engine, ChannelReader<ReservePlan> admitted, ConcurrentBag<ReservePlan> booked)
    {
        while (await admitted.WaitToReadAsync())
        {
            var batch = new List<ReservePlan>();
            while (batch.Count < 50 && admitted.TryRead(out var plan))
            {
                batch.Add(plan);
                booked.Add(plan);
            }

            await engine.SettleAsync(batch.Select(plan => (plan.RequestId, CostOf(plan))));
        }
    }

    private static void AssertWithin(ReservePlan plan, ReserveOutcome.Admitted passed) => Assert.All(
        passed.Accounts,
        account => Assert.InRange(
            account[MonthUsd].Committed, 0m, plan.Limits.Single(limit => limit.Account == account.Account).Amount));

    private static async Task AssertBooksAsync(EngineOnTables engine, IReadOnlyCollection<ReservePlan> booked)
    {
        foreach (var account in booked.SelectMany(plan => plan.Limits).Select(limit => limit.Account).Distinct())
        {
            var expected = booked
                .Where(plan => plan.Limits.Any(limit => limit.Account == account))
                .Sum(plan => CostOf(plan).Amount);
            var month = Answers.Done(await engine.Accounts.ReadAsync(account, default))![MonthUsd];
            Assert.Equal(expected, month.Settled);
            Assert.Equal(month.Settled + month.Estimated, month.Committed);
            Assert.All(month.Buckets.Values, held => Assert.Equal(0m, held));
        }
    }

    // All holds are back: a request is refused exactly where one of its four caps has no room for it.
    private static async Task AssertRefusesOnlyWhatDoesNotFitAsync(EngineOnTables engine)
    {
        for (var number = Requests; number < Requests + 60; number++)
        {
            var plan = PlanOf(number);
            var fits = true;
            foreach (var limit in plan.Limits)
            {
                var totals = Answers.Done(await engine.Accounts.ReadAsync(limit.Account, default));
                fits &= (totals?[MonthUsd].Committed ?? 0m) + plan.Attempt.Hold.Amount <= limit.Amount;
            }

            var outcome = await engine.ReserveAsync(plan);
            Assert.Equal(fits, outcome is ReserveOutcome.Admitted);
        }
    }

    private static Usd CostOf(ReservePlan plan) => Usd.RoundHalfEven(plan.Attempt.Hold.Amount * 0.9m);

    private static ReservePlan PlanOf(int number)
    {
        var team = Part($"team-{number % 2}");
        var hold = 0.1m + (number % 7 * 0.05m);
        (Scope Scope, decimal Limit)[] scopes =
        [
            (Scope.Org, 50m),
            (Scope.Team(team), 26m),
            (Scope.TeamUser(team, Part($"user-{number % 5}")), 6m),
            (Scope.TeamModel(team, Part($"model-{number % 3}")), 9m),
        ];
        var accounts = scopes.Select(scope => new AccountKey(scope.Scope, Payments.Period)).ToList();
        var id = string.Create(CultureInfo.InvariantCulture, $"r{number}");
        return new ReservePlan(
            id,
            team.Value,
            Attempt(id + "-a1") with
            {
                Hold = new Usd(hold),
                Holds = [.. accounts.Select(account => new AccountHold(account, [new TotalAmount(MonthUsd, hold)]))],
            },
            [
                .. accounts.Zip(scopes, (account, scope) =>
                    new AccountLimit(account, MonthUsd, scope.Limit, BudgetMode.Hard, Now.AddDays(10))),
            ]);
    }
}
