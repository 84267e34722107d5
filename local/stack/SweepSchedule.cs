using System.Text;

namespace AiGateway.Local.Stack;

/// <summary>What EventBridge Scheduler does in the cloud: the sweep, again and again.</summary>
internal static class SweepSchedule
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Compares and changes nothing.</summary>
    public const string VerifyText = """{"action":"verify"}""";

    public static byte[] SweepEvent => """{"action":"sweep"}"""u8.ToArray();

    public static byte[] VerifyEvent => Encoding.UTF8.GetBytes(VerifyText);

    /// <summary>Invokes after every interval; a sweep that takes longer delays the next. Ends with <paramref name="stop"/>.</summary>
    public static async Task RunAsync(Func<byte[], Task> invoke, TimeProvider clock, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                // What it says stands in the functions' log, failures too.
                await invoke(SweepEvent).WaitAsync(stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The stack stops.
        }
    }
}
