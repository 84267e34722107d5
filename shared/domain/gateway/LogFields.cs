using static AiGateway.Domain.Gateway.Presence;

namespace AiGateway.Domain.Gateway;

/// <summary>The fields of the gateway's access log that the functions read: flat names, dots included.</summary>
public static class LogFields
{
    public const string Scope = "scope";
    public const string Time = "time";
    public const string HttpPath = "http.path";
    public const string HttpStatus = "http.status";
    public const string Subject = "jwt.sub";
    public const string Protocol = "protocol";
    public const string Route = "route";
    public const string Endpoint = "endpoint";
    public const string Operation = "gen_ai.operation.name";
    public const string Provider = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string ResponseModel = "gen_ai.response.model";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string CacheCreationInputTokens = "gen_ai.usage.cache_creation.input_tokens";
    public const string CacheReadInputTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string OutputAudioTokens = "gen_ai.usage.output_audio_tokens";
    public const string MaxTokens = "gen_ai.request.max_tokens";
    public const string RetryAttempt = "retry.attempt";
    public const string Error = "error";
    public const string Reason = "reason";

    public const string GatewayVersion = "agw.version";
    public const string RequestId = "request_id";
    public const string StartedAt = "started_at";
    public const string ClientId = "client_id";
    public const string Team = "team";
    public const string CostCenter = "cost_center";
    public const string TenantTier = "tenant_tier";
    public const string Groups = "groups";
    public const string Project = "project";
    public const string Streaming = "streaming";
    public const string TotalTokens = "total_tokens";
    public const string ReasoningTokens = "reasoning_tokens";
    public const string InputAudioTokens = "input_audio_tokens";
    public const string CountTokens = "count_tokens";
    public const string ServiceTier = "service_tier";
    public const string ProviderInputTokens = "provider_input_tokens";
    public const string UpstreamCalled = "upstream_called";
    public const string ResponseBytes = "response_bytes";
    public const string StreamEvents = "stream_events";
    public const string DurationMs = "duration_ms";
    public const string UpstreamMs = "upstream_ms";
    public const string TimeToFirstTokenMs = "ttft_ms";

    /// <summary>The value of <see cref="Scope"/> on an access line; other lines of the stream carry a module's name.</summary>
    public const string AccessScope = "request";

    /// <summary>What v1.4.1 writes by itself.</summary>
    public static IReadOnlyList<GatewayField> Default { get; } =
    [
        new(Scope, Always, "request on access lines."),
        new(Time, Always, "When the line was written; loses zero padding, so never the time of the event."),
        new(HttpPath, Always, "The path the client called, query included."),
        new(HttpStatus, WhereKnown, "The status sent; absent where the client hung up before the answer."),
        new(Subject, WhereKnown, "The token's sub; absent where no token was accepted."),
        new(Protocol, Always, "llm, http, mcp or a2a."),
        new(Route, WhereKnown, "default/ and the route's name."),
        new(Endpoint, WhereKnown, "Host and port of the last attempt's provider, set before the guard is asked."),
        new(Operation, WhereKnown, "chat or embeddings."),
        new(Provider, WhereKnown, "The provider by the gateway's name; without it nothing was sent."),
        new(RequestModel, WhereKnown, "The model asked for, after aliases."),
        new(ResponseModel, WhereKnown, "The model that answered; absent on Bedrock streams."),
        new(InputTokens, WhereKnown, "Input tokens; whether cached ones are counted depends on provider and version."),
        new(CacheCreationInputTokens, WhereKnown, "Input tokens written to a cache."),
        new(CacheReadInputTokens, WhereKnown, "Input tokens read from a cache."),
        new(OutputTokens, WhereKnown, "Output tokens."),
        new(OutputAudioTokens, WhereKnown, "Output tokens that are audio."),
        new(MaxTokens, WhereKnown, "Output bound as sent upstream, in tokens."),
        new(RetryAttempt, WhereKnown, "Number of the last attempt; absent where there was one."),
        new(Error, WhereKnown, "A sentence, for errors that the gateway itself made."),
        new(Reason, WhereKnown, "The gateway's class of that error, such as Guardrail or Timeout."),
    ];

    /// <summary>What our configuration adds (<c>accessLog.add</c>): exactly these, in this order.</summary>
    public static IReadOnlyList<GatewayField> Added { get; } =
    [
        new(GatewayVersion, Always, "The gateway's version, on which the meaning of token counts depends."),
        new(RequestId, WhereKnown, "The ledger's key; absent where the token was refused."),
        new(StartedAt, Always, "When the request began, RFC 3339."),
        new(ClientId, WhereKnown, "The token's client_id."),
        new(Team, WhereKnown, "The token's custom:team."),
        new(CostCenter, WhereKnown, "The token's custom:cost_center."),
        new(TenantTier, WhereKnown, "The token's custom:tenant_tier."),
        new(Groups, WhereKnown, "The token's cognito:groups, a list."),
        new(Project, WhereKnown, "The client's x-project header: a label of the caller's choice."),
        new(Streaming, WhereKnown, "Whether the answer was a stream."),
        new(TotalTokens, WhereKnown, "The provider's total; not comparable between paths."),
        new(ReasoningTokens, WhereKnown, "Reasoning tokens; part of the output for most providers."),
        new(InputAudioTokens, WhereKnown, "Input tokens that are audio."),
        new(CountTokens, WhereKnown, "The answer of a token count, which is free."),
        new(ServiceTier, WhereKnown, "The service tier that answered."),
        new(ProviderInputTokens, WhereKnown, "The provider's own input count; from v1.5 on."),
        new(UpstreamCalled, Always, "Whether a provider's answer began; false for hang-ups and time-outs too."),
        new(ResponseBytes, WhereKnown, "Bytes that went to the client, also of a cut stream."),
        new(StreamEvents, WhereKnown, "Events that went to the client of a stream."),
        new(DurationMs, Always, "Milliseconds from the request's first byte to the line."),
        new(UpstreamMs, WhereKnown, "Milliseconds until the provider's answer began."),
        new(TimeToFirstTokenMs, WhereKnown, "Milliseconds until a stream's first token."),
    ];

    /// <summary>Default fields, then added ones.</summary>
    public static IReadOnlyList<GatewayField> All { get; } = [.. Default, .. Added];
}
