using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Ledger;

/// <summary>What a request's use comes to on each running total of its accounts.</summary>
public static class BookedTotals
{
    /// <summary>
    /// The amounts on every total that the accounts list, by dimension. Zeros are left out; in-flight counts are never
    /// booked.
    /// </summary>
    public static IReadOnlyList<AccountHold> On(IReadOnlyList<AccountHold> accounts, BookedAmounts amounts) =>
        [.. accounts
            .Select(account => account with { Amounts = AmountsOf(account, amounts) })
            .Where(account => account.Amounts.Count > 0)];

    /// <summary>The most that an attempt can have used: its hold, its token bounds, one request.</summary>
    public static BookedAmounts Bound(Attempt attempt)
    {
        var bounds = attempt.Bounds;
        return new BookedAmounts(attempt.Hold, bounds.InputTokens + (bounds.Choices * bounds.OutputTokens), 1);
    }

    /// <summary>Account by account and total by total, in the order in which they first appear.</summary>
    public static IReadOnlyList<AccountHold> Sum(IReadOnlyList<AccountHold> left, IReadOnlyList<AccountHold> right) =>
        right.Count == 0 ? left : [.. left.Concat(right).GroupBy(hold => hold.Account).Select(SumOfAccount)];

    private static AccountHold SumOfAccount(IGrouping<AccountKey, AccountHold> holds) => new(
        holds.Key,
        [.. holds.SelectMany(hold => hold.Amounts)
            .GroupBy(amount => amount.Total)
            .Select(amounts => new TotalAmount(amounts.Key, amounts.Sum(amount => amount.Amount)))]);

    private static IReadOnlyList<TotalAmount> AmountsOf(AccountHold account, BookedAmounts amounts) =>
        [.. account.Amounts
            .Where(amount => amount.Total.Window != Total.InFlight)
            .Select(amount => new TotalAmount(amount.Total, Of(amounts, amount.Total.Dimension)))
            .Where(amount => amount.Amount != 0m)];

    private static decimal Of(BookedAmounts amounts, Dimension dimension) => dimension switch
    {
        Dimension.Usd => amounts.Cost.Amount,
        Dimension.Tokens => amounts.Tokens,
        Dimension.Requests => amounts.Requests,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "A dimension that nothing counts."),
    };
}
