using System.Collections.Concurrent;
using AiGateway.Aws;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using CostAttribution.Book;

namespace CostAttribution.Alert;

/// <summary>
/// Raises what is reached and not yet raised, on the state of every account that the batch names, duplicates included:
/// a
/// batch that died between its booking and its alerts finds them missing when it is delivered again.
/// </summary>
internal sealed class AlertCheck(PolicyRules rules, ReadAccount readAccount, RaiseAlert raise, TimeProvider clock)
{
    private const int RememberedMax = 10_000;

    // Only ever a shortcut: an alert that this process saw raised needs no write to find out.
    private readonly ConcurrentDictionary<(AccountKey, Total, int), bool> known = new();

    /// <returns>Those that are new.</returns>
    /// <exception cref="StoreFailedException">The store gave no answer: deliver the batch again.</exception>
    public async Task<IReadOnlyList<ThresholdAlert>> RunAsync(
        IReadOnlyList<SettledRequest> settled, BookingConfiguration configuration, CancellationToken stop)
    {
        var raised = new List<ThresholdAlert>();
        foreach (var limits in LimitsOf(settled, configuration).GroupBy(limit => limit.Account))
        {
            if (await ShardSums.ReadAsync(readAccount.Invoke, limits.Key, limits.Max(limit => limit.Budget.Shards), stop)
                is not { } account)
            {
                continue;
            }

            foreach (var alert in limits.SelectMany(limit => Thresholds.Reached(
                limit, configuration.WarnPercentOf(limit.Budget), account, clock.GetUtcNow())))
            {
                if (await IsNewAsync(alert, stop))
                {
                    raised.Add(alert);
                }
            }
        }

        return raised;
    }

    private IEnumerable<PlannedLimit> LimitsOf(IReadOnlyList<SettledRequest> settled, BookingConfiguration configuration) =>
        settled
            .SelectMany(request => LimitsOf(request.Caller, BookedAt(request.Entry), configuration))
            .DistinctBy(limit => (limit.Account, limit.Total));

    private IEnumerable<PlannedLimit> LimitsOf(Caller caller, DateTimeOffset at, BookingConfiguration configuration) =>
        BudgetPolicy.EffectiveBudgets(caller, configuration.BudgetsOf(caller, at), rules)
            .SelectMany(budget => PlannedLimit.Of(budget, at))
            .Where(IsWarnedOf);

    // Of a rate nobody is warned: it is back in a minute, and so would the warning be.
    private static bool IsWarnedOf(PlannedLimit limit) =>
        limit is { IsInFlight: false, IsRate: false, Budget.Window: not Window.Minute };

    private static DateTimeOffset BookedAt(LedgerEntry entry) =>
        entry.Attempts.Count > 0 ? entry.Attempts[^1].AdmittedAt : entry.CreatedAt;

    private async Task<bool> IsNewAsync(ThresholdAlert alert, CancellationToken stop)
    {
        var key = (alert.Account, alert.Total, alert.ThresholdPercent);
        if (known.ContainsKey(key))
        {
            return false;
        }

        var isNew = await raise(alert, stop) switch
        {
            StoreResult<ThresholdAlert>.Done => true,
            StoreResult<ThresholdAlert>.Failed(var fault, var detail) =>
                throw new StoreFailedException(fault, $"alert {alert.Account}", detail),
            _ => false,
        };
        if (known.Count >= RememberedMax)
        {
            known.Clear();
        }

        known[key] = true;
        return isNew;
    }
}
