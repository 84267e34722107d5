using AiGateway.Domain;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// What one execution environment of the decision function keeps between its invocations: the accounts as it last saw
/// them, and what is left of its outage allowance.
/// </summary>
internal sealed class EnforcementEnvironment(World world)
{
    private const decimal AllowancePerMinute = 3m;

    private readonly Dictionary<AccountKey, (AccountTotals Totals, DateTimeOffset At)> seen = [];
    private (long Minute, decimal Usd) taken;

    public IReadOnlyDictionary<AccountKey, IReadOnlyList<StaleTotal>> StaleOf(Attempt attempt)
    {
        var stale = new Dictionary<AccountKey, IReadOnlyList<StaleTotal>>();
        foreach (var hold in attempt.Holds)
        {
            if (seen.TryGetValue(hold.Account, out var known))
            {
                stale[hold.Account] = [.. StaleTotals.Of(known.Totals, known.At, ZoneRules.Utc)
                    .Select(total => new StaleTotal(total.Total, total.Buckets))];
            }
        }

        if (stale.Values.Any(totals => totals.Count > 0))
        {
            world.Seen.Add("removes what is over");
        }

        return stale;
    }

    /// <param name="outcome">What a reservation came to.</param>
    /// <param name="at">Before it was asked.</param>
    public void Note(ReserveOutcome outcome, DateTimeOffset at)
    {
        foreach (var account in outcome switch
        {
            ReserveOutcome.Admitted admitted => admitted.Accounts,
            ReserveOutcome.OverLimit { Current: { } current } => [current],
            _ => [],
        })
        {
            seen[account.Account] = (account, at);
        }
    }

    public bool TryTakeAllowance(Usd amount)
    {
        var minute = world.Time.GetUtcNow().ToUnixTimeSeconds() / 60;
        var before = taken.Minute == minute ? taken.Usd : 0m;
        if (before + amount.Amount > AllowancePerMinute)
        {
            return false;
        }

        taken = (minute, before + amount.Amount);
        return true;
    }
}
