using System.Text.Json;
using AiGateway.Domain.Decisions;
using BudgetEnforcement.Decode;

namespace BudgetEnforcement.Reply;

/// <summary>The error document of the API that the client speaks. Both styles were seen to reach the official SDKs'
/// users as a message.</summary>
internal static class ErrorDocument
{
    public static string Of(Refusal refusal, string? clientPath) => ClientPath.IsAnthropic(clientPath)
        ? JsonSerializer.Serialize(
            new AnthropicError("error", new AnthropicErrorDetail(AnthropicType(refusal.Kind), refusal.Message)),
            WireJson.Default.AnthropicError)
        : JsonSerializer.Serialize(
            new OpenAiError(new OpenAiErrorDetail(refusal.Message, OpenAiType(refusal.Kind), null, Code(refusal.Kind))),
            WireJson.Default.OpenAiError);

    /// <summary>What programs may test for: stable, and says no more than the client may know.</summary>
    public static string Code(RefusalKind kind) => kind switch
    {
        RefusalKind.BadRequest => "invalid_request",
        RefusalKind.ClientDenied => "client_denied",
        RefusalKind.UnknownPrice => "model_not_priced",
        RefusalKind.NotBounded => "request_not_bounded",
        RefusalKind.BudgetExceeded => "budget_exceeded",
        RefusalKind.HoldsInTheWay => "budget_reserved",
        RefusalKind.RateLimited => "rate_limited",
        RefusalKind.RequestClosed => "request_closed",
        _ => "budget_unavailable",
    };

    private static string OpenAiType(RefusalKind kind) => kind switch
    {
        RefusalKind.BudgetExceeded => "insufficient_quota",
        RefusalKind.HoldsInTheWay or RefusalKind.RateLimited => "rate_limit_exceeded",
        RefusalKind.ClientDenied => "permission_error",
        RefusalKind.BadRequest or RefusalKind.UnknownPrice or RefusalKind.NotBounded => "invalid_request_error",
        _ => "server_error",
    };

    private static string AnthropicType(RefusalKind kind) => kind switch
    {
        RefusalKind.BudgetExceeded => "billing_error",
        RefusalKind.HoldsInTheWay or RefusalKind.RateLimited => "rate_limit_error",
        RefusalKind.ClientDenied => "permission_error",
        RefusalKind.BadRequest or RefusalKind.UnknownPrice or RefusalKind.NotBounded => "invalid_request_error",
        _ => "api_error",
    };
}
