using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;

namespace AiGateway.Engine.Tests.Shards;

/// <summary>Plans on one hot scope.</summary>
internal static class ShardPlans
{
    public static readonly AccountKey Hot = new(ContractData.TeamScope("hot"), "2026-11");

    public static readonly Total Usd = ContractData.MonthUsd;

    /// <summary>Of requests in flight.</summary>
    public static readonly AccountKey Running = Hot with { Period = PlannedLimit.InFlightItem };

    public static readonly Total InFlight = new(Total.InFlight, Dimension.Requests);

    public static ReservePlan Of(
        string requestId, string attemptId, DateTimeOffset now, decimal usd, int shards, params AccountLimit[] limits) =>
        new(requestId, "hot", AttemptOf(attemptId, now, usd, limits), limits)
        {
            Shards = new Dictionary<Scope, int> { [Hot.Scope] = shards },
        };

    public static AccountLimit Limit(decimal amount, Total? total = null, AccountKey? account = null) =>
        new(account ?? Hot, total ?? Usd, amount, BudgetMode.Hard, DateTimeOffset.MaxValue);

    /// <summary>A share was granted before, under a limit that is above all others.</summary>
    public static AccountTotals Item(AccountKey account, Total total, decimal committed) => new(
        account,
        new Dictionary<Total, RunningTotal>
        {
            [total] = RunningTotal.Zero with { Committed = committed, Granted = account.Shard == 0 ? 1_000_000m : null },
        });

    // Tokens and requests: a hundred and one for each request.
    private static Attempt AttemptOf(string id, DateTimeOffset now, decimal usd, AccountLimit[] limits) =>
        ContractData.AttemptOf(id, usd) with
        {
            Bucket = HoldBucket.Containing(now),
            AdmittedAt = now,
            Hold = new Usd(usd),
            Holds = [.. limits.GroupBy(limit => limit.Account).Select(item => new AccountHold(
                item.Key,
                [.. item.Select(limit => limit.Total).Distinct().Select(total => new TotalAmount(total, total.Dimension switch
                {
                    Dimension.Usd => usd,
                    Dimension.Tokens => 100m,
                    _ => 1m,
                }))]))],
        };
}
