using AiGateway.Domain.AccessLog;

namespace AiGateway.Domain.Settlement;

/// <summary>
/// What of a line is still asked for when its entry is known. A batch keeps its lines until the last one is read; their counts and
/// callers are other things by then, and need not be kept beside them.
/// </summary>
internal readonly record struct BilledLine(string Key, DateTimeOffset StartedAt, LineCall Call, LineAnswer Answer)
{
    public static BilledLine Of(AccessLine line) => new(line.Key, line.StartedAt, line.Call, line.Answer);
}
