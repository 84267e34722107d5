namespace AiGateway.Domain.Settlement;

/// <summary>
/// Why a request was booked as it was, beside the reasons of <see cref="AccessLog.LineMeaning"/>: stable names, kept
/// in the ledger.
/// </summary>
public static class SettlementReasons
{
    /// <summary>Measured: usage and price are both known.</summary>
    public const string Complete = "complete";

    /// <summary>
    /// Measured, reading the counts of a gateway version that nobody has seen as those of the nearest one.
    /// </summary>
    public const string CompleteAssumedVersion = "complete_assumed_version";

    /// <summary>Free: a count of tokens.</summary>
    public const string TokenCount = "token_count";

    /// <summary>Estimated: the client hung up, the provider cut the stream, or its usage was suppressed.</summary>
    public const string StreamWithoutUsage = "stream_without_usage";

    /// <summary>Estimated: a provider that does not say.</summary>
    public const string AnswerWithoutUsage = "answer_without_usage";

    /// <summary>Estimated: the usage is known but its price is not.</summary>
    public const string Unpriced = "unpriced";
}
