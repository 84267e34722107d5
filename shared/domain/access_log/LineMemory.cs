namespace AiGateway.Domain.AccessLog;

/// <summary>
/// What reading one line leaves for the next: room for its fields, and texts, calls and callers that repeat. Bounded; for one reader at a time.
/// What is read is the same as with a new one.
/// </summary>
public sealed class LineMemory
{
    internal FlatFields Fields { get; } = new(new LineTexts());

    internal LineParts Parts { get; } = new();
}
