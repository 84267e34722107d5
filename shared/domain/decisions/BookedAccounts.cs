using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Ledger;

namespace AiGateway.Domain.Decisions;

/// <summary>
/// The account items that a request counts on: one list, for the hold and for a line that has none. The month of every
/// scope is
/// in it, in all three dimensions, limited or not, so that a budget added later starts from the truth.
/// </summary>
public static class BookedAccounts
{
    private static readonly Dimension[] Dimensions = [Dimension.Usd, Dimension.Tokens, Dimension.Requests];

    /// <param name="scopes">Of the caller.</param>
    /// <param name="budgets">Theirs, which tell the scopes' time zones; a scope without one follows UTC.</param>
    /// <param name="limits">Those that count.</param>
    /// <param name="at">When the request was admitted, or began.</param>
    /// <param name="amountOf">What it holds on a limited total. Nothing is held where nothing is limited, so that such
    /// an item costs no write.</param>
    public static IReadOnlyList<AccountHold> Of(
        IReadOnlyList<Scope> scopes,
        IReadOnlyList<Budget> budgets,
        IReadOnlyList<PlannedLimit> limits,
        DateTimeOffset at,
        Func<Dimension, decimal> amountOf)
    {
        var holds = new List<AccountHold>(scopes.Count);
        List<TotalAmount>? nothing = null;
        var utcMonth = Periods.Containing(at, Window.Month, ZoneRules.Utc, FiscalYear.CalendarYear);
        foreach (var scope in scopes)
        {
            var zone = ZoneOf(scope, budgets);
            var month = ReferenceEquals(zone, ZoneRules.Utc)
                ? utcMonth
                : Periods.Containing(at, Window.Month, zone, FiscalYear.CalendarYear);
            if (!IsLimited(scope, limits))
            {
                // The same nothing for all of them, where their months have the same name.
                holds.Add(new AccountHold(
                    new AccountKey(scope, month.Item), IsOf(nothing, month) ? nothing! : nothing = Unlimited([], month)));
                continue;
            }

            var monthHold = new List<TotalAmount>();
            holds.Add(new AccountHold(new AccountKey(scope, month.Item), monthHold));
            AddLimited(holds, monthHold, scope, month, limits, amountOf);
            Unlimited(monthHold, month);
        }

        return holds;
    }

    private static ZoneRules ZoneOf(Scope scope, IReadOnlyList<Budget> budgets)
    {
        foreach (var budget in budgets)
        {
            if (budget.Scope == scope)
            {
                return budget.Zone;
            }
        }

        return ZoneRules.Utc;
    }

    // The month's own item first, then each other item in the order of its first limit; a total once.
    private static void AddLimited(
        List<AccountHold> holds,
        List<TotalAmount> monthHold,
        Scope scope,
        Period month,
        IReadOnlyList<PlannedLimit> limits,
        Func<Dimension, decimal> amountOf)
    {
        List<(AccountKey Account, List<TotalAmount> Amounts)>? others = null;
        foreach (var limit in limits)
        {
            if (limit.Account.Scope != scope)
            {
                continue;
            }

            var amounts = limit.Account.Period == month.Item ? monthHold : OtherItem(ref others, holds, limit.Account);
            if (!Has(amounts, limit.Total))
            {
                amounts.Add(new TotalAmount(limit.Total, amountOf(limit.Total.Dimension)));
            }
        }
    }

    private static List<TotalAmount> OtherItem(
        ref List<(AccountKey Account, List<TotalAmount> Amounts)>? others, List<AccountHold> holds, AccountKey account)
    {
        others ??= [];
        foreach (var (known, amounts) in others)
        {
            if (known == account)
            {
                return amounts;
            }
        }

        var added = new List<TotalAmount>();
        others.Add((account, added));
        holds.Add(new AccountHold(account, added));
        return added;
    }

    private static bool IsLimited(Scope scope, IReadOnlyList<PlannedLimit> limits)
    {
        foreach (var limit in limits)
        {
            if (limit.Account.Scope == scope)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOf(List<TotalAmount>? amounts, Period month) => amounts?[0].Total.Window == month.Name;

    private static List<TotalAmount> Unlimited(List<TotalAmount> monthHold, Period month)
    {
        foreach (var dimension in Dimensions)
        {
            var total = new Total(month.Name, dimension);
            if (!Has(monthHold, total))
            {
                monthHold.Add(new TotalAmount(total, 0m));
            }
        }

        return monthHold;
    }

    private static bool Has(List<TotalAmount> amounts, Total total)
    {
        foreach (var amount in amounts)
        {
            if (amount.Total == total)
            {
                return true;
            }
        }

        return false;
    }
}
