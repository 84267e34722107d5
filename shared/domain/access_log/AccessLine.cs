namespace AiGateway.Domain.AccessLog;

/// <summary>
/// One access line of the gateway: a request, after it ended. Every number in it is plausible, or null where the line
/// has none.
/// </summary>
/// <param name="Key">The ledger's key: the request id, or <c>event:</c> and the CloudWatch event's id where the line
/// has none.</param>
/// <param name="RequestId">The gateway's id of the request; null where its token was refused.</param>
/// <param name="StartedAt">When the request began.</param>
/// <param name="GatewayVersion">The gateway's version, on which the meaning of token counts depends; null: not
/// logged.</param>
/// <param name="Call">What was asked for.</param>
/// <param name="Answer">What came of it.</param>
/// <param name="Usage">The token counts as logged.</param>
/// <param name="Caller">Who asked.</param>
public sealed record AccessLine(
    string Key,
    string? RequestId,
    DateTimeOffset StartedAt,
    string? GatewayVersion,
    LineCall Call,
    LineAnswer Answer,
    LineUsage Usage,
    LineCaller Caller);

/// <summary>What was asked for, as sent upstream by the last attempt that was sent.</summary>
/// <param name="Protocol"><c>llm</c>, <c>http</c>, <c>mcp</c> or <c>a2a</c>.</param>
/// <param name="Operation"><c>chat</c> or <c>embeddings</c>.</param>
/// <param name="Path">The path the client called, with its query.</param>
/// <param name="Provider">By the gateway's name; null: nothing was sent to a model.</param>
/// <param name="Model">After aliases; the caller's text.</param>
/// <param name="ServiceTier">The tier that answered, else the one asked for.</param>
/// <param name="Streaming">Null: not logged.</param>
/// <param name="MaxTokens">The output bound as sent, in tokens.</param>
/// <param name="Attempt">Number of the last attempt; 0: there was one.</param>
public sealed record LineCall(
    string? Protocol,
    string? Operation,
    string? Path,
    string? Provider,
    string? Model,
    string? ServiceTier,
    bool? Streaming,
    long? MaxTokens,
    long Attempt);

/// <summary>What came of it.</summary>
/// <param name="Status">The HTTP status sent; null: the client had hung up before there was one (T84).</param>
/// <param name="Error">The gateway's own sentence, for errors that the gateway made.</param>
/// <param name="Reason">The gateway's class of that error, such as <c>Guardrail</c>.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="Bytes">What went to the client, also of a cut stream.</param>
/// <param name="StreamEvents">Events that went to the client.</param>
/// <param name="UpstreamCalled">Whether an answer began. False for hang-ups and time-outs too, so it decides nothing
/// (T85).</param>
public sealed record LineAnswer(
    long? Status,
    string? Error,
    string? Reason,
    string? Model,
    long? Bytes,
    long? StreamEvents,
    bool UpstreamCalled);

/// <summary>
/// Token counts as logged: which of them include which depends on provider, client API and version (T46, T94).
/// </summary>
public sealed record LineUsage
{
    public long? Input { get; init; }

    public long? CacheRead { get; init; }

    public long? CacheWrite { get; init; }

    public long? Output { get; init; }

    public long? Total { get; init; }

    public long? Reasoning { get; init; }

    public long? InputAudio { get; init; }

    public long? OutputAudio { get; init; }

    public long? OutputImage { get; init; }

    /// <summary>The answer of a token count, which is free.</summary>
    public long? CountTokens { get; init; }

    /// <summary>The provider's own input count, from v1.5 on.</summary>
    public long? ProviderInput { get; init; }
}

/// <summary>
/// Who asked: claims that the gateway verified, and labels of the caller's choice. <c>OidcData</c> is a raw token,
/// where
/// another deployment's configuration logs it; it is never written anywhere.
/// </summary>
public sealed record LineCaller(
    string? Subject,
    string? ClientId,
    string? Team,
    string? CostCenter,
    string? Tier,
    IReadOnlyList<string> Groups,
    string? Project,
    string? OidcData)
{
    /// <summary>Without the token: a record prints all it has, and this one may end in a log.</summary>
    public override string ToString() => $"LineCaller {{ Team = {Team}, ClientId = {ClientId} }}";
}
