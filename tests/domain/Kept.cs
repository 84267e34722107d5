using System.Runtime.CompilerServices;

namespace AiGateway.Domain.Tests;

/// <summary>How many of the things that were made are still held by somebody.</summary>
internal static class Kept
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Of(int count, Func<int, object> make)
    {
        var made = Made(count, make);
        GC.Collect();
        return made.Count(one => one.IsAlive);
    }

    // Apart, so that no variable of the test's holds the last one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> Made(int count, Func<int, object> make) =>
        [.. Enumerable.Range(0, count).Select(number => new WeakReference(make(number)))];
}
