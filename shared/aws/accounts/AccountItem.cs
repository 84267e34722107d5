using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>An account item as it is stored: the key, and amounts by <see cref="AccountAttribute"/>.</summary>
internal static class AccountItem
{
    public const string ScopeName = "scope";
    public const string PeriodName = "period";

    public static Dictionary<string, AttributeValue> Key(AccountKey account) => new ItemWriter()
        .Text(ScopeName, account.StoredScope)
        .Text(PeriodName, account.Period)
        .Item;

    public static AccountTotals Read(Dictionary<string, AttributeValue> item)
    {
        var reader = new ItemReader(item);
        var account = ReadKey(reader.Text(ScopeName), reader.Text(PeriodName));
        var totals = new Dictionary<Total, Amounts>();
        foreach (var (name, value) in item)
        {
            if (name is ScopeName or PeriodName)
            {
                continue;
            }

            var attribute = AccountAttribute.Parse(name)
                ?? throw new MalformedItemException($"The account {account} has an unknown attribute '{name}'.");
            var amount = Numbers.Decimal(value.N
                ?? throw new MalformedItemException($"The account {account} has '{name}', which is not a number."));
            if (!totals.TryGetValue(attribute.Total, out var amounts))
            {
                totals.Add(attribute.Total, amounts = new Amounts());
            }

            amounts.Set(attribute, amount);
        }

        return new AccountTotals(
            account, totals.ToDictionary(total => total.Key, total => total.Value.ToRunningTotal()));
    }

    public static Scope ReadScope(string text) => Scope.Parse(text) is Outcome<Scope>.Ok(var scope)
        ? scope
        : throw new MalformedItemException("The account's scope is not one.");

    public static AccountKey ReadKey(string storedScope, string period) =>
        AccountKey.Parse(storedScope, period) is Outcome<AccountKey>.Ok(var account)
            ? account
            : throw new MalformedItemException("The account's scope is not one.");

    private sealed class Amounts
    {
        private readonly decimal?[] amounts = new decimal?[AccountAttribute.Kinds];
        private readonly Dictionary<long, decimal> buckets = [];

        public void Set(AccountAttribute attribute, decimal amount)
        {
            if (attribute.Kind == AmountKind.Bucket)
            {
                buckets.Add(attribute.Bucket, amount);
            }
            else
            {
                amounts[(int)attribute.Kind] = amount;
            }
        }

        public RunningTotal ToRunningTotal() => new(
            Of(AmountKind.Committed),
            Of(AmountKind.Settled),
            Of(AmountKind.Estimated),
            buckets)
        {
            Moved = Of(AmountKind.Moved),
            Granted = amounts[(int)AmountKind.Granted],
        };

        private decimal Of(AmountKind kind) => amounts[(int)kind] ?? 0m;
    }
}
