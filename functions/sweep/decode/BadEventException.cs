namespace Sweep.Decode;

/// <summary>The event asks for nothing that this function does: a schedule is set up wrongly, and must not look healthy.</summary>
internal sealed class BadEventException(string reason, string message) : Exception($"{reason}: {message}")
{
    public string Reason { get; } = reason;
}
