using AiGateway.Aws;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace CostAttribution.Alert;

/// <summary>The account as it stands; null: nothing was ever booked there.</summary>
internal delegate Task<StoreResult<AccountTotals?>> ReadAccount(AccountKey account, CancellationToken stop);

/// <summary>Puts the alert unless it exists. Done: it is new. Refused: it was raised before.</summary>
internal delegate Task<StoreResult<ThresholdAlert>> RaiseAlert(ThresholdAlert alert, CancellationToken stop);
