using System.Text;

namespace AiGateway.Local.Stack;

/// <summary>Events that a function answers without touching anything: an unknown path, a control message.</summary>
internal static class WarmUps
{
    public static IReadOnlyList<(string Function, byte[] Payload)> All { get; } =
    [
        (LocalFunctions.BudgetEnforcement, Encoding.UTF8.GetBytes($$"""
            {"version":"2.0","routeKey":"$default","rawPath":"/","rawQueryString":"","headers":{"host":"local"},
            "requestContext":{"http":{"method":"GET","path":"/","protocol":"HTTP/1.1","sourceIp":"127.0.0.1","userAgent":"warm-up"},
            "requestId":"warm-up","routeKey":"$default","stage":"$default","timeEpoch":{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}},
            "isBase64Encoded":false}
            """)),
        (LocalFunctions.CostAttribution, CloudWatchLogs.ControlMessage()),
    ];
}
