using AiGateway.Domain.Decisions;
using AiGateway.Domain.Identity;

namespace BudgetEnforcement.Decode;

/// <summary>The two forms of one question.</summary>
internal enum QuestionForm
{
    /// <summary><c>POST /v1/decision</c>: the guardrail webhook, answered by an action.</summary>
    Decision,

    /// <summary><c>POST /v1/authorize</c>: external authorization, answered by the HTTP status.</summary>
    Authorize,
}

/// <summary>What the gateway asks, read from its headers.</summary>
/// <param name="Form">How it wants to be answered.</param>
/// <param name="RequestId">The ledger's key.</param>
/// <param name="Claims">Who asks.</param>
/// <param name="Call">What for.</param>
/// <param name="Path">The path that the client called: it tells the style of its error documents.</param>
/// <param name="Streaming">Whether a stream was asked for.</param>
internal sealed record GatewayQuestion(
    QuestionForm Form, string RequestId, CallerClaims Claims, GuardedCall Call, string? Path, bool Streaming);
