using System.Buffers;

namespace BudgetEnforcement.Decode;

/// <summary>The gateway makes them (UUIDs). Anything that could be another key, such as <c>event:…</c>, is
/// refused.</summary>
internal static class RequestIds
{
    public const int LengthMax = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= LengthMax } && !id.AsSpan().ContainsAnyExcept(Allowed);
}
