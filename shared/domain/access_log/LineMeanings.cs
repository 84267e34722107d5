namespace AiGateway.Domain.AccessLog;

/// <summary>
/// The table "What a line means for the hold" (agentgateway v1.4.1, seen on the running gateway). The error decides
/// before
/// the provider does: where a later attempt is refused, the line still names the earlier one's provider (T103).
/// </summary>
public static class LineMeanings
{
    /// <summary>
    /// An answer came from somewhere that is no known provider: a passthrough route, whose cost nobody can know.
    /// </summary>
    public const string NotMetered = "not_metered";

    private const string GuardReason = "Guardrail";
    private const string GuardDown = "prompt guard failed";
    private const string Unparsed = "failed to parse response";
    private const string UpstreamFailed = "upstream call failed: ";
    private const string NotConnected = "Connect:";

    // Nearly every line has the same one.
    private static readonly LineMeaning WasAnswered = new LineMeaning.Answered("answered");

    /// <summary>Classes of errors that the gateway makes before it calls a provider.</summary>
    private static readonly HashSet<string> BeforeTheCall =
    [
        "Authorization", "JwtAuth", "Oidc", "BasicAuth", "APIKeyAuth", "ExtAuth", "ExtProc", "RateLimit", "NotFound",
        "NoHealthyBackend", "DirectResponse", "MCP",
    ];

    public static LineMeaning Of(AccessLine line)
    {
        if (line.Call.Provider is null)
        {
            return new LineMeaning.NotSent(NotSentReason(line));
        }

        if (line.Answer.Reason is null && line.Answer.Error is null)
        {
            return ByStatus(line.Answer.Status);
        }

        return ByError(line, line.Answer.Error ?? "", line.Answer.Reason ?? "");
    }

    private static LineMeaning ByStatus(long? status) => status switch
    {
        null => new LineMeaning.MayBeBilled("client_hung_up"),
        101 or (>= 200 and < 300) => WasAnswered,
        429 => new LineMeaning.NotBilled("provider_throttled"),
        >= 300 and < 500 => new LineMeaning.NotBilled("provider_refused"),
        >= 500 => new LineMeaning.NotBilled("provider_failed"),
        _ => new LineMeaning.MayBeBilled("unknown_status"),
    };

    private static LineMeaning ByError(AccessLine line, string error, string reason)
    {
        if (reason == GuardReason || error.EndsWith(GuardDown, StringComparison.Ordinal))
        {
            return ByGuard(line, reason);
        }

        if (BeforeTheCall.Contains(reason))
        {
            return new LineMeaning.NotBilled("later_attempt_refused");
        }

        if (IsNotConnected(error))
        {
            return new LineMeaning.NotBilled("never_connected");
        }

        return new LineMeaning.MayBeBilled(
            reason == "Timeout" ? "timed_out"
            : reason == "UpstreamFailure" ? "connection_lost"
            : error.Contains(Unparsed, StringComparison.Ordinal) ? "answer_unreadable"
            : "gateway_error");
    }

    // A request's guard runs before its provider is in the line. So a provider beside a guard's error is an earlier
    // attempt's,
    // which had failed; or, where there was one attempt only, the guard was one on the response, which the provider
    // bills.
    private static LineMeaning ByGuard(AccessLine line, string reason) => line.Call.Attempt > 0
        ? new LineMeaning.NotBilled(reason == GuardReason ? "later_attempt_refused" : "later_attempt_guard_failed")
        : new LineMeaning.MayBeBilled("response_guard");

    // What follows may quote anything, so the stage must be the sentence's own.
    private static bool IsNotConnected(string error) =>
        error.StartsWith(NotConnected, StringComparison.Ordinal)
        || error.StartsWith(UpstreamFailed + NotConnected, StringComparison.Ordinal);

    private static string NotSentReason(AccessLine line) => line.Answer switch
    {
        { Reason: GuardReason } => "refused",
        { Error: { } error } when error.EndsWith(GuardDown, StringComparison.Ordinal) => "guard_failed",
        { Reason: { } reason } => "not_sent_" + SnakeCase(reason),
        { UpstreamCalled: true } when line.Call.Protocol is not ("mcp" or "a2a") => NotMetered,
        _ => "no_provider",
    };

    private static string SnakeCase(string reason)
    {
        var snake = new System.Text.StringBuilder();
        foreach (var character in reason.Where(char.IsAsciiLetterOrDigit).Take(40))
        {
            if (char.IsAsciiLetterUpper(character) && snake.Length > 0 && char.IsAsciiLetterLower(snake[^1]))
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(character));
        }

        return snake.ToString();
    }
}
