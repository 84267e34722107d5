namespace AiGateway.Domain.Pricing;

/// <summary>What a line or a webhook call says about what is to be priced.</summary>
/// <param name="Provider">The gateway's provider name (<c>aws.bedrock</c>, <c>openai</c>, …); null: not known, the
/// dearest provider that knows the model counts.</param>
/// <param name="ResponseModel">The model that answered; absent on some streams and on every webhook call.</param>
/// <param name="RequestModel">The model as sent upstream.</param>
/// <param name="At">When the request was admitted; prices change by UTC date.</param>
/// <param name="ServiceTier">As asked for or as billed; it does not change which row is found.</param>
public sealed record PriceQuery(
    string? Provider, string? ResponseModel, string? RequestModel, DateTimeOffset At, string? ServiceTier)
{
    /// <summary>The provider's region (<c>eu-west-2</c>) where it is known; some models have prices of their own
    /// by region. Null: the provider's default region.</summary>
    public string? Region { get; init; }
}
