using AiGateway.Domain.Gateway;
using static AiGateway.Domain.AccessLog.AccessFields;

namespace AiGateway.Domain.AccessLog;

/// <summary>
/// Reads access lines. A number that no honest gateway writes (negative, fractional, huge, a string) refuses its line:
/// what
/// the line would have booked stays on its hold, which is never less.
/// </summary>
public static class AccessLineReader
{
    /// <summary>CloudWatch Logs' own limit for one event, in bytes; characters are never more.</summary>
    public const int LineLengthMax = 1_048_576;

    /// <summary>Above any context window; a larger count is an accident or an attack (T48).</summary>
    public const long TokensMax = 1_000_000_000;

    /// <summary>
    /// Written by the gateway where an answer has images; not among the fields that our configuration relies on.
    /// </summary>
    internal const string OutputImage = "gen_ai.usage.output_image_tokens";

    private const int RequestIdLengthMax = 200;
    private const string EventPrefix = "event:";
    private const long StatusMax = 999;
    private const long AttemptMax = 1000;

    /// <summary>Reads one line.</summary>
    /// <param name="logged">As delivered.</param>
    /// <param name="memory">Of the lines before, where there are many; null: of none.</param>
    public static LineReading Read(LogEvent logged, LineMemory? memory = null)
    {
        if (logged.Message.Length > LineLengthMax)
        {
            return new LineReading.Bad(null, new("line_too_long", $"A line has at most {LineLengthMax} characters."));
        }

        memory ??= new LineMemory();
        return memory.Fields.Read(logged, memory.Parts, Read);
    }

    private static LineReading Read(LogEvent logged, FlatFields fields, LineParts parts)
    {
        if (fields.KindOf(Scope) != FieldKind.Text || fields.TextOf(Scope) != LogFields.AccessScope)
        {
            return new LineReading.Ignored("not_an_access_line");
        }

        var found = new LineFieldReader(fields);
        var key = Key(logged, found, out var requestId);
        var time = found.Time(StartedAt)
            ?? found.Time(RequestStart)
            ?? found.Time(RequestEnd)
            ?? LineTime.FromMilliseconds(logged.TimestampMs);
        if (key is null)
        {
            found.Refuse("bad_request_id", "The line has neither a usable request_id nor a CloudWatch event id.");
        }

        if (time is null)
        {
            found.Refuse("no_time", "Neither the line nor its CloudWatch event says when the request began.");
        }

        var line = new AccessLine(
            key ?? "", requestId, time ?? default, found.Text(GatewayVersion),
            Call(found, parts), Answer(found), Usage(found), Caller(found, parts));
        return found.Problem is { } problem ? new LineReading.Bad(key, problem) : new LineReading.Access(line);
    }

    private static string? Key(LogEvent logged, LineFieldReader found, out string? requestId)
    {
        requestId = found.OwnText(RequestId);
        if (string.IsNullOrEmpty(requestId))
        {
            requestId = null;
            return logged.Id.Length is > 0 and <= RequestIdLengthMax ? EventPrefix + logged.Id : null;
        }

        // An id that looks like a made-up key, or that no key can hold, would book on another request's entry.
        return requestId.Length <= RequestIdLengthMax
            && !requestId.StartsWith(EventPrefix, StringComparison.Ordinal)
            && !requestId.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? requestId
                : null;
    }

    private static LineCall Call(LineFieldReader found, LineParts parts) => parts.CallOf(
        found.Text(Protocol),
        found.Text(Operation),
        found.Text(HttpPath),
        found.Text(Provider, ProviderSynonym),
        found.Text(RequestModel, Model),
        found.Text(ServiceTier),
        found.Flag(Streaming),
        found.Count(MaxTokens, long.MaxValue),
        found.Count(RetryAttempt, AttemptMax) ?? 0);

    private static LineAnswer Answer(LineFieldReader found) => new(
        found.Count(HttpStatus, StatusMax),
        found.OwnText(Error),
        found.Text(Reason),
        found.Text(ResponseModel),
        found.Count(ResponseBytes, long.MaxValue),
        found.Count(StreamEvents, long.MaxValue),
        found.Flag(UpstreamCalled) ?? false);

    private static LineUsage Usage(LineFieldReader found) => new()
    {
        Input = found.Count(InputTokens, TokensMax, PromptTokens),
        CacheRead = found.Count(CacheReadInputTokens, TokensMax, CachedInputTokens),
        CacheWrite = found.Count(
            CacheCreationInputTokens, TokensMax, CacheCreationTokens),
        Output = found.Count(OutputTokens, TokensMax, CompletionTokens),
        Total = found.Count(TotalTokens, TokensMax),
        Reasoning = found.Count(ReasoningTokens, TokensMax),
        InputAudio = found.Count(InputAudioTokens, TokensMax),
        OutputAudio = found.Count(OutputAudioTokens, TokensMax),
        OutputImage = found.Count(OutputImageTokens, TokensMax),
        CountTokens = found.Count(CountTokens, TokensMax),
        ProviderInput = found.Count(ProviderInputTokens, TokensMax),
    };

    private static LineCaller Caller(LineFieldReader found, LineParts parts) => parts.CallerOf(
        found.Text(Subject),
        found.Text(ClientId),
        found.Text(Team),
        found.Text(CostCenter),
        found.Text(TenantTier),
        found.List(Groups),
        found.Text(Project),
        found.OwnText(OidcData));
}
