using AiGateway.Domain.AccessLog;

namespace AiGateway.Domain.Tests.AccessLog;

internal static class Lines
{
    public const long Timestamp = 1_795_267_400_000;

    public static LineReading Read(string line) => AccessLineReader.Read(new LogEvent("event-1", Timestamp, line));

    public static AccessLine Access(string line) => Assert.IsType<LineReading.Access>(Read(line)).Line;

    /// <summary>An access line of our own configuration, as small as one can be.</summary>
    public static string With(string more = "") =>
        $$"""{"scope":"request","request_id":"r-1","started_at":"2026-11-21T14:26:23.68789Z"{{more}}}""";
}
