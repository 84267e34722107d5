using System.Globalization;
using System.Text.Json;
using AiGateway.Domain.Decisions;
using AiGateway.Lambda;
using Amazon.Lambda.APIGatewayEvents;
using BudgetEnforcement.Decide;
using BudgetEnforcement.Decode;

namespace BudgetEnforcement.Reply;

/// <summary>The two statuses that deployments may choose.</summary>
/// <param name="BudgetExhausted">402 unless configured: client SDKs retry a 429, and a spent budget does not come
/// back (T38).</param>
/// <param name="RateLimited">429 unless configured: trying again helps.</param>
internal sealed record ReplyStatuses(int BudgetExhausted, int RateLimited);

/// <summary>A verdict in the form that was asked for. The only file that knows HTTP numbers.</summary>
internal sealed class Replies(ReplyStatuses statuses)
{
    private const string RetryAfterSeconds = "1";

    public APIGatewayHttpApiV2ProxyResponse From(Verdict verdict, QuestionForm form, string? clientPath) =>
        (form, verdict.Refusal) switch
        {
            (QuestionForm.Decision, null) => FunctionUrlResponse.Json(200, Pass(verdict.Reason)),
            (QuestionForm.Decision, { } refusal) => FunctionUrlResponse.Json(200, Reject(verdict.Reason, refusal, clientPath)),
            (_, null) => FunctionUrlResponse.Empty(200),
            (_, { } refusal) => Denied(refusal, clientPath),
        };

    /// <summary>For every other path or method. It has no <c>action</c>: the gateway counts it as a
    /// failure.</summary>
    public static APIGatewayHttpApiV2ProxyResponse NotFound() =>
        FunctionUrlResponse.Json(404, "{\"message\":\"Not found\"}");

    /// <summary>The status that the client gets.</summary>
    public int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.BudgetExceeded => statuses.BudgetExhausted,
        RefusalKind.HoldsInTheWay or RefusalKind.RateLimited => statuses.RateLimited,
        RefusalKind.ClientDenied => 403,
        RefusalKind.BadRequest or RefusalKind.UnknownPrice or RefusalKind.NotBounded => 400,
        _ => 503,
    };

    private static string Pass(string reason) =>
        JsonSerializer.Serialize(new PassReply(new PassAction(reason)), WireJson.Default.PassReply);

    private string Reject(string reason, Refusal refusal, string? clientPath) => JsonSerializer.Serialize(
        new RejectReply(new RejectAction(ErrorDocument.Of(refusal, clientPath), StatusOf(refusal.Kind), reason)),
        WireJson.Default.RejectReply);

    private APIGatewayHttpApiV2ProxyResponse Denied(Refusal refusal, string? clientPath)
    {
        var response = FunctionUrlResponse.Json(StatusOf(refusal.Kind), ErrorDocument.Of(refusal, clientPath));
        if (refusal.Kind is RefusalKind.HoldsInTheWay or RefusalKind.RateLimited)
        {
            response.Headers["retry-after"] = refusal.RetryAfterSeconds?.ToString(CultureInfo.InvariantCulture)
                ?? RetryAfterSeconds;
        }

        return response;
    }
}
