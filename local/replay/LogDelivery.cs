using System.Text;
using AiGateway.Local.Stack;

namespace AiGateway.Local.Replay;

/// <summary>Delivers lines to cost_attribution as CloudWatch Logs does: in batches, and again when the function fails.</summary>
internal sealed class LogDelivery(FunctionHost functions)
{
    /// <summary>Lambda tries a failed asynchronous event twice more, then hands it to the failure destination.</summary>
    private const int TriesMax = 3;

    /// <returns>What became of the lines, or why the batch could not be delivered.</returns>
    public async Task<(LineCounts Counts, string? Failure)> DeliverAsync(IReadOnlyList<(int Number, string Text)> lines)
    {
        var now = DateTimeOffset.UtcNow;
        var payload = CloudWatchLogs.DataMessage([.. lines.Select(line => CloudWatchLogs.EventOf(line.Text, line.Number, now))]);
        var failure = "";
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var result = await functions.InvokeAsync(LocalFunctions.CostAttribution, payload);
            if (result is InvocationResult.Answered answered)
            {
                return (LineCounts.Read(answered.Payload), null);
            }

            failure = result is InvocationResult.Failed failed ? Encoding.UTF8.GetString(failed.Payload.Span) : "throttled";
        }

        return (LineCounts.None, failure);
    }
}
