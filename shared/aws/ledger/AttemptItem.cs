using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>An attempt, as a map in the ledger entry's list.</summary>
internal static class AttemptItem
{
    public const string IdName = "id";

    private const string BucketName = "bucket";
    private const string AdmittedAtName = "admitted_at";
    private const string ProviderName = "provider";
    private const string ModelName = "model";
    private const string PathName = "path";
    private const string ServiceTierName = "service_tier";
    private const string StreamingName = "streaming";
    private const string HoldUsdName = "hold_usd";
    private const string HoldModeName = "hold_mode";
    private const string InputTokensName = "input_tokens";
    private const string OutputTokensName = "output_tokens";
    private const string ChoicesName = "choices";
    private const string OnRetryName = "on_retry";
    private const string OnExpiryName = "on_expiry";
    private const string HoldsName = "holds";

    public static void Write(ItemJson item, Attempt attempt) => HoldItems.Write(
        item
            .Text(IdName, attempt.Id)
            .Number(BucketName, attempt.Bucket)
            .Instant(AdmittedAtName, attempt.AdmittedAt)
            .Text(ProviderName, attempt.Call.Provider)
            .Text(ModelName, attempt.Call.Model)
            .Text(PathName, attempt.Call.Path)
            .Text(ServiceTierName, attempt.Call.ServiceTier)
            .Flag(StreamingName, attempt.Call.Streaming)
            .Number(HoldUsdName, attempt.Hold.Amount)
            .Text(HoldModeName, BudgetNames.HoldModes[attempt.Bounds.Mode])
            .Number(InputTokensName, attempt.Bounds.InputTokens)
            .Number(OutputTokensName, attempt.Bounds.OutputTokens)
            .Number(ChoicesName, attempt.Bounds.Choices)
            .Text(OnRetryName, BudgetNames.RetryPolicies[attempt.OnRetry])
            .Text(OnExpiryName, BudgetNames.ExpiryPolicies[attempt.OnExpiry]),
        HoldsName,
        attempt.Holds);

    public static Attempt Read(ItemReader item) => new(
        item.Text(IdName),
        item.Long(BucketName),
        item.Instant(AdmittedAtName),
        new AttemptCall(
            item.OptionalText(ProviderName),
            item.OptionalText(ModelName),
            item.OptionalText(PathName),
            item.OptionalText(ServiceTierName),
            item.Flag(StreamingName)),
        StoredText.ReadUsd(item.Decimal(HoldUsdName), HoldUsdName),
        new HoldBounds(
            StoredText.Read(BudgetNames.HoldModes, item, HoldModeName),
            item.Long(InputTokensName),
            item.Long(OutputTokensName),
            item.Long(ChoicesName)),
        StoredText.Read(BudgetNames.RetryPolicies, item, OnRetryName),
        StoredText.Read(BudgetNames.ExpiryPolicies, item, OnExpiryName),
        HoldItems.Read(item, HoldsName));
}
