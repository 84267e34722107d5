using System.Globalization;
using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Ledger;

/// <summary>
/// An account item: one scope in one window instance, such as <c>team#payments</c> in <c>2026-11</c>.
/// </summary>
/// <param name="Scope">Whose totals these are.</param>
/// <param name="Period">The item's window instance: <c>2026-11</c> (a month, with its days, hours and minutes),
/// <c>2026-W47</c>, <c>2026-Q4</c>, <c>2026</c>.</param>
public sealed record AccountKey(Scope Scope, string Period)
{
    private const char Separator = '#';

    /// <summary>
    /// Which of the items that a hot scope's totals are spread over: 0 is the one of a scope that is not spread, and
    /// the bank of
    /// the others.
    /// </summary>
    public int Shard { get; init; }

    /// <summary>The account as limits name it: shard 0.</summary>
    public AccountKey Whole() => At(0);

    /// <summary>
    /// The stored key's first part: <c>team#payments</c>, and <c>team#payments#3</c> for shard 3. No scope reads like
    /// that: its
    /// own parts come in ones, twos and fours.
    /// </summary>
    public string StoredScope =>
        Shard == 0 ? Scope.Value : string.Create(CultureInfo.InvariantCulture, $"{Scope.Value}{Separator}{Shard}");

    public AccountKey At(int shard) => Shard == shard ? this : this with { Shard = shard };

    /// <summary>Reads the stored form back: anything else is a bug or a damaged item.</summary>
    public static Outcome<AccountKey> Parse(string storedScope, string period)
    {
        if (Scope.Parse(storedScope) is Outcome<Scope>.Ok(var whole))
        {
            return new AccountKey(whole, period);
        }

        var at = storedScope.LastIndexOf(Separator);
        return at > 0
            && int.TryParse(storedScope[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var shard)
            && shard is > 0 and < BudgetRowParser.ShardsMax
            && Scope.Parse(storedScope[..at]) is Outcome<Scope>.Ok(var scope)
            && new AccountKey(scope, period) { Shard = shard } is var account
            && account.StoredScope == storedScope
                ? account
                : new Problem("bad_account", "An account is a scope, or a scope and the number of a shard.");
    }

    public override string ToString() => $"{StoredScope}@{Period}";
}

/// <summary>Which running total of an account item: a dimension in a window instance that the item carries.</summary>
/// <param name="Window">The instance's short name inside the item: <c>M</c> is the item's own month, <c>d21</c> its
/// 21st day.</param>
/// <param name="Dimension">What it counts: USD, tokens or requests.</param>
public readonly record struct Total(string Window, Dimension Dimension)
{
    /// <summary>The window of in-flight counts: held while a request runs, never settled.</summary>
    public const string InFlight = "F";

    /// <summary>A minute's total.</summary>
    public bool IsMinute => Window is ['n', ..];
}

/// <summary>An amount on one running total. USD, tokens or requests, by the total's dimension.</summary>
public sealed record TotalAmount(Total Total, decimal Amount);
