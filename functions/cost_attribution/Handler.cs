using AiGateway.Lambda;
using Amazon.Lambda.CloudWatchLogsEvents;
using Amazon.Lambda.Core;
using CostAttribution.Alert;
using CostAttribution.Book;
using CostAttribution.Decode;
using CostAttribution.Telemetry;

namespace CostAttribution;

/// <summary>
/// One CloudWatch Logs payload: decode, book, alert, reply. Whatever throws makes Lambda keep the batch (T42).
/// </summary>
internal sealed class Handler(
    Attribution attribution, AlertCheck alerts, AttributionTelemetry telemetry, TimeSpan margin, TimeProvider clock)
{
    public async Task<BatchReply> HandleAsync(CloudWatchLogsEvent input, ILambdaContext context)
    {
        var started = clock.GetTimestamp();
        try
        {
            if (LogPayloadReader.Read(input?.Awslogs?.EncodedData) is not LogPayload.Lines payload)
            {
                telemetry.ControlMessage();
                return BatchReply.ForControlMessage;
            }

            // Stops before Lambda ends the process, so that what is left undone is said.
            using var stop = new CancellationTokenSource(StopAfter(context.RemainingTime), clock);
            var (result, configuration) = await attribution.BookAsync(payload.Events, stop.Token);
            var raised = await alerts.RunAsync(result.Settled, configuration, stop.Token);

            telemetry.Done(payload, result, raised, clock.GetElapsedTime(started));
            return StoreRefusalException.ThrowIfAny(result).ToReply();
        }
        catch (BadPayloadException failure)
        {
            telemetry.PayloadRefused(failure, context.AwsRequestId);
            throw;
        }
        catch (Exception failure)
        {
            telemetry.BatchFailed(failure, context.AwsRequestId);
            throw;
        }
    }

    private TimeSpan StopAfter(TimeSpan remaining) =>
        remaining > margin ? remaining - margin : TimeSpan.FromMilliseconds(1);
}
