using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>An account item as it is stored: the key, and amounts by <see cref="AccountAttribute"/>.</summary>
internal static class AccountItem
{
    public const string ScopeName = "scope";
    public const string PeriodName = "period";

    public static Dictionary<string, AttributeValue> Key(AccountKey account) => new ItemWriter(attributes: 2)
        .Text(ScopeName, account.StoredScope)
        .Text(PeriodName, account.Period)
        .Item;

    public static AccountTotals Read(Dictionary<string, AttributeValue> item)
    {
        var reader = new ItemReader(item);
        var account = ReadKey(reader.Text(ScopeName), reader.Text(PeriodName));
        var totals = new List<Amounts>(8);
        foreach (var (name, value) in item)
        {
            if (name is ScopeName or PeriodName)
            {
                continue;
            }

            if (!AccountAttribute.TryParse(name, out var kind, out var dimension, out var window, out var bucket))
            {
                throw new MalformedItemException($"The account {account} has an unknown attribute '{name}'.");
            }

            var amount = Numbers.Decimal(value.N
                ?? throw new MalformedItemException($"The account {account} has '{name}', which is not a number."));
            AmountsOf(totals, window, dimension).Set(kind, bucket, amount);
        }

        var running = new Dictionary<Total, RunningTotal>(totals.Count);
        foreach (var amounts in totals)
        {
            running.Add(amounts.Total, amounts.ToRunningTotal());
        }

        return new AccountTotals(account, running);
    }

    private static Amounts AmountsOf(List<Amounts> totals, ReadOnlySpan<char> window, Dimension dimension)
    {
        foreach (var known in totals)
        {
            if (known.Total.Dimension == dimension && window.SequenceEqual(known.Total.Window))
            {
                return known;
            }
        }

        var amounts = new Amounts(new Total(window.ToString(), dimension));
        totals.Add(amounts);
        return amounts;
    }

    public static Scope ReadScope(string text) => Scope.Parse(text) is Outcome<Scope>.Ok(var scope)
        ? scope
        : throw new MalformedItemException("The account's scope is not one.");

    public static AccountKey ReadKey(string storedScope, string period) =>
        AccountKey.Parse(storedScope, period) is Outcome<AccountKey>.Ok(var account)
            ? account
            : throw new MalformedItemException("The account's scope is not one.");

    private sealed class Amounts(Total total)
    {
        private static readonly Dictionary<long, decimal> NoBuckets = [];

        private readonly decimal?[] amounts = new decimal?[AccountAttribute.Kinds];
        private Dictionary<long, decimal>? buckets;

        public Total Total => total;

        public void Set(AmountKind kind, long bucket, decimal amount)
        {
            if (kind == AmountKind.Bucket)
            {
                (buckets ??= new Dictionary<long, decimal>(2)).Add(bucket, amount);
            }
            else
            {
                amounts[(int)kind] = amount;
            }
        }

        public RunningTotal ToRunningTotal() => new(
            Of(AmountKind.Committed),
            Of(AmountKind.Settled),
            Of(AmountKind.Estimated),
            buckets ?? NoBuckets)
        {
            Moved = Of(AmountKind.Moved),
            Granted = amounts[(int)AmountKind.Granted],
        };

        private decimal Of(AmountKind kind) => amounts[(int)kind] ?? 0m;
    }
}
