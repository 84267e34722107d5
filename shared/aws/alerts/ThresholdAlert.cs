using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>
/// A scope has used a percentage of one of its limits in one window instance: said at most once, ever.
/// </summary>
/// <param name="Account">The scope, and the item's period.</param>
/// <param name="Total">The window instance inside the item, and what is counted.</param>
/// <param name="ThresholdPercent">The percentage that was reached.</param>
/// <param name="Used">Settled and estimated, in the total's dimension.</param>
/// <param name="Limit">As known then.</param>
/// <param name="RaisedAt">When it was seen.</param>
public sealed record ThresholdAlert(
    AccountKey Account, Total Total, int ThresholdPercent, decimal Used, decimal Limit, DateTimeOffset RaisedAt);
