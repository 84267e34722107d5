namespace CostAttribution.Decode;

/// <summary>
/// A payload that can't be read at all. Thrown, so that Lambda keeps it: an error document as the answer would lose
/// the batch
/// (T42).
/// </summary>
/// <param name="reason">A stable snake_case name.</param>
/// <param name="message">What is wrong, never quoting the payload.</param>
internal sealed class BadPayloadException(string reason, string message) : Exception($"{reason}: {message}")
{
    public string Reason { get; } = reason;
}
