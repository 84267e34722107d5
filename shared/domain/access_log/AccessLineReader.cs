using AiGateway.Domain.Gateway;

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
    internal const string OutputImageTokens = "gen_ai.usage.output_image_tokens";

    private const int RequestIdLengthMax = 200;
    private const string EventPrefix = "event:";
    private const long StatusMax = 999;
    private const long AttemptMax = 1000;

    public static LineReading Read(LogEvent logged)
    {
        if (logged.Message.Length > LineLengthMax)
        {
            return new LineReading.Bad(null, new("line_too_long", $"A line has at most {LineLengthMax} characters."));
        }

        return FlatFields.Read(logged.Message) switch
        {
            Outcome<FlatFields>.Ok(var fields) => Read(logged, fields),
            Outcome<FlatFields>.Failed(var problem) => new LineReading.Bad(null, problem),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static LineReading Read(LogEvent logged, FlatFields fields)
    {
        if (fields[LogFields.Scope] is not { Kind: FieldKind.Text, Text: LogFields.AccessScope })
        {
            return new LineReading.Ignored("not_an_access_line");
        }

        var found = new LineFieldReader(fields);
        var key = Key(logged, found, out var requestId);
        var time = LineTime.Parse(found.Text(LogFields.StartedAt))
            ?? LineTime.Parse(found.Text(LineTime.RequestStart))
            ?? LineTime.Parse(found.Text(LineTime.RequestEnd))
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
            key ?? "", requestId, time ?? default, found.Text(LogFields.GatewayVersion),
            Call(found), Answer(found), Usage(found), Caller(found));
        return found.Problem is { } problem ? new LineReading.Bad(key, problem) : new LineReading.Access(line);
    }

    private static string? Key(LogEvent logged, LineFieldReader found, out string? requestId)
    {
        requestId = found.Text(LogFields.RequestId);
        if (string.IsNullOrEmpty(requestId))
        {
            requestId = null;
            return logged.Id.Length is > 0 and <= RequestIdLengthMax ? EventPrefix + logged.Id : null;
        }

        // An id that looks like a made-up key, or that no key can hold, would book on another request's entry.
        return requestId.Length <= RequestIdLengthMax
            && !requestId.StartsWith(EventPrefix, StringComparison.Ordinal)
            && requestId.All(character => character is > ' ' and < '\x7f')
                ? requestId
                : null;
    }

    private static LineCall Call(LineFieldReader found) => new(
        found.Text(LogFields.Protocol),
        found.Text(LogFields.Operation),
        found.Text(LogFields.HttpPath),
        found.Text(LogFields.Provider, LogSynonyms.Provider),
        found.Text(LogFields.RequestModel, LogSynonyms.Model),
        found.Text(LogFields.ServiceTier),
        found.Flag(LogFields.Streaming),
        found.Count(LogFields.MaxTokens, long.MaxValue),
        found.Count(LogFields.RetryAttempt, AttemptMax) ?? 0);

    private static LineAnswer Answer(LineFieldReader found) => new(
        found.Count(LogFields.HttpStatus, StatusMax),
        found.Text(LogFields.Error),
        found.Text(LogFields.Reason),
        found.Text(LogFields.ResponseModel),
        found.Count(LogFields.ResponseBytes, long.MaxValue),
        found.Count(LogFields.StreamEvents, long.MaxValue),
        found.Flag(LogFields.UpstreamCalled) ?? false);

    private static LineUsage Usage(LineFieldReader found) => new()
    {
        Input = found.Count(LogFields.InputTokens, TokensMax, LogSynonyms.PromptTokens),
        CacheRead = found.Count(LogFields.CacheReadInputTokens, TokensMax, LogSynonyms.CachedInputTokens),
        CacheWrite = found.Count(
            LogFields.CacheCreationInputTokens, TokensMax, LogSynonyms.CacheCreationInputTokens),
        Output = found.Count(LogFields.OutputTokens, TokensMax, LogSynonyms.CompletionTokens),
        Total = found.Count(LogFields.TotalTokens, TokensMax),
        Reasoning = found.Count(LogFields.ReasoningTokens, TokensMax),
        InputAudio = found.Count(LogFields.InputAudioTokens, TokensMax),
        OutputAudio = found.Count(LogFields.OutputAudioTokens, TokensMax),
        OutputImage = found.Count(OutputImageTokens, TokensMax),
        CountTokens = found.Count(LogFields.CountTokens, TokensMax),
        ProviderInput = found.Count(LogFields.ProviderInputTokens, TokensMax),
    };

    private static LineCaller Caller(LineFieldReader found) => new(
        found.Text(LogFields.Subject),
        found.Text(LogFields.ClientId),
        found.Text(LogFields.Team),
        found.Text(LogFields.CostCenter),
        found.Text(LogFields.TenantTier),
        found.List(LogFields.Groups),
        found.Text(LogFields.Project),
        found.Text(LogSynonyms.OidcData));
}
