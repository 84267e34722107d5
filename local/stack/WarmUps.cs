using System.Text;
using AiGateway.Domain.Gateway;

namespace AiGateway.Local.Stack;

/// <summary>
/// Events that a function answers without writing anything: a question about a model without a price, which reads the budgets and refuses,
/// a control message, and a comparison of the books.
/// </summary>
internal static class WarmUps
{
    public static IReadOnlyList<(string Function, byte[] Payload)> All() =>
    [
        (LocalFunctions.BudgetEnforcement, Encoding.UTF8.GetBytes($$"""
            {"version":"2.0","routeKey":"$default","rawPath":"{{WebhookPaths.Decision}}","rawQueryString":"",
            "headers":{"host":"local","{{WebhookHeaders.RequestId}}":"warm-up","{{WebhookHeaders.Provider}}":"none",
            "{{WebhookHeaders.Model}}":"warm-up","{{WebhookHeaders.Path}}":"/v1/chat/completions","{{WebhookHeaders.Size}}":"1",
            "{{WebhookHeaders.MaxTokens}}":"1","{{WebhookHeaders.External}}":"false"},
            "requestContext":{"http":{"method":"POST","path":"{{WebhookPaths.Decision}}","protocol":"HTTP/1.1",
            "sourceIp":"127.0.0.1","userAgent":"warm-up"},"requestId":"warm-up","routeKey":"$default","stage":"$default",
            "timeEpoch":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}},"body":"{}","isBase64Encoded":false}
            """)),
        (LocalFunctions.CostAttribution, CloudWatchLogs.ControlMessage()),
        (LocalFunctions.Sweep, SweepSchedule.VerifyEvent),
    ];
}
