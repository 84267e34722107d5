using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace CostAttribution.Alert;

/// <summary>
/// A limit of which so much has been used. Raised at most once for each account, total and threshold, ever (T44).
/// </summary>
/// <param name="Account">Scope and period.</param>
/// <param name="Total">Which running total of it.</param>
/// <param name="Percent">50, 80 or 100.</param>
/// <param name="Limit">In the total's dimension, as known now.</param>
/// <param name="Used">Settled and estimated.</param>
/// <param name="RaisedAt">When it was noticed.</param>
internal sealed record BudgetAlert(
    AccountKey Account, Total Total, int Percent, decimal Limit, decimal Used, DateTimeOffset RaisedAt);

/// <summary>The account as it stands; null: nothing was ever booked there.</summary>
internal delegate Task<StoreResult<AccountTotals?>> ReadAccount(AccountKey account, CancellationToken stop);

/// <summary>Puts the alert unless it exists. True: it is new.</summary>
internal delegate Task<StoreResult<bool>> RaiseAlert(BudgetAlert alert, CancellationToken stop);
