using AiGateway.Domain.Ledger;

namespace AiGateway.Engine;

/// <summary>What the whole ledger comes to, account by account.</summary>
internal sealed class LedgerSums
{
    private readonly Dictionary<(AccountKey Account, Total Total), decimal> settled = [];
    private readonly Dictionary<(AccountKey Account, Total Total), decimal> estimated = [];
    private readonly Dictionary<(AccountKey Account, Total Total), decimal> held = [];

    public int Entries { get; private set; }

    public IEnumerable<AccountKey> Accounts =>
        settled.Keys.Concat(estimated.Keys).Concat(held.Keys).Select(key => key.Account).Distinct();

    public void Add(LedgerEntry entry)
    {
        Entries++;
        Add(settled, entry.Settled);
        Add(estimated, entry.Estimated);
        if (entry.State == EntryState.Held)
        {
            Add(held, entry.Attempts.SelectMany(attempt => attempt.Holds));
        }
    }

    public decimal Settled(AccountKey account, Total total) => settled.GetValueOrDefault((account, total));

    public decimal Estimated(AccountKey account, Total total) => estimated.GetValueOrDefault((account, total));

    public decimal Held(AccountKey account, Total total) => held.GetValueOrDefault((account, total));

    public IEnumerable<Total> TotalsOf(AccountKey account) => settled.Keys
        .Concat(estimated.Keys)
        .Concat(held.Keys)
        .Where(key => key.Account == account)
        .Select(key => key.Total)
        .Distinct();

    private static void Add(
        Dictionary<(AccountKey Account, Total Total), decimal> sums, IEnumerable<AccountHold> holds)
    {
        foreach (var hold in holds)
        {
            foreach (var (total, amount) in hold.Amounts.Where(amount => amount.Amount != 0m))
            {
                sums[(hold.Account, total)] = sums.GetValueOrDefault((hold.Account, total)) + amount;
            }
        }
    }
}
