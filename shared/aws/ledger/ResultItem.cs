using AiGateway.Domain;
using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>How a request ended, as a map in the ledger entry.</summary>
internal static class ResultItem
{
    private const string CostUsdName = "cost_usd";
    private const string ReasonName = "reason";
    private const string ProviderName = "provider";
    private const string ModelName = "model";
    private const string PriceSourceName = "price_source";
    private const string InputTokensName = "input_tokens";
    private const string OutputTokensName = "output_tokens";
    private const string OverrunUsdName = "overrun_usd";
    private const string SettledAtName = "settled_at";

    public static void Write(ItemJson item, EntryResult result) => item
        .Number(CostUsdName, result.Cost?.Amount)
        .Text(ReasonName, result.Reason)
        .Text(ProviderName, result.Provider)
        .Text(ModelName, result.Model)
        .Text(PriceSourceName, result.PriceSource)
        .Number(InputTokensName, result.InputTokens)
        .Number(OutputTokensName, result.OutputTokens)
        .Number(OverrunUsdName, result.Overrun.Amount)
        .Instant(SettledAtName, result.SettledAt);

    public static EntryResult Read(ItemReader item) => new(
        item.OptionalDecimal(CostUsdName) is { } cost ? StoredText.ReadUsd(cost, CostUsdName) : (Usd?)null,
        item.Text(ReasonName),
        item.OptionalText(ProviderName),
        item.OptionalText(ModelName),
        item.OptionalText(PriceSourceName),
        item.OptionalLong(InputTokensName),
        item.OptionalLong(OutputTokensName),
        StoredText.ReadUsd(item.Decimal(OverrunUsdName), OverrunUsdName),
        item.Instant(SettledAtName));
}
