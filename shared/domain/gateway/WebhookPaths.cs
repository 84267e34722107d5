namespace AiGateway.Domain.Gateway;

/// <summary>The two questions that the gateway asks budget_enforcement, both by POST.</summary>
public static class WebhookPaths
{
    /// <summary>The guardrail webhook: HTTP 200 with an action, whatever the decision.</summary>
    public const string Decision = "/v1/decision";

    /// <summary>External authorization: the HTTP status is the decision.</summary>
    public const string Authorize = "/v1/authorize";
}
