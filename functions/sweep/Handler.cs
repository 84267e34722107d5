using AiGateway.Engine;
using AiGateway.Lambda;
using Amazon.Lambda.Core;
using Sweep.Decode;
using Sweep.Telemetry;

namespace Sweep;

/// <summary>
/// One event of the schedule: decode, sweep or compare, tell, reply. Whatever throws is an error of the function, which
/// alarms;
/// running out of time is not: what was done stands, and the next invocation goes on from there.
/// </summary>
internal sealed class Handler(Ports ports, SweepTelemetry telemetry, TimeSpan margin, TimeProvider clock)
{
    public async Task<SweepReply> HandleAsync(ScheduleEvent input, ILambdaContext context)
    {
        var started = clock.GetTimestamp();
        try
        {
            var action = EventReader.Read(input);

            // Stops before Lambda ends the process, so that what is left undone is said.
            using var stop = new CancellationTokenSource(StopAfter(context.RemainingTime), clock);
            return action == SweepAction.Verify
                ? await VerifyAsync(started, stop.Token)
                : await SweepAsync(started, stop.Token);
        }
        catch (Exception failure)
        {
            telemetry.Failed(failure, context.AwsRequestId);
            throw;
        }
    }

    private async Task<SweepReply> SweepAsync(long started, CancellationToken stop)
    {
        SweepReport report;
        try
        {
            report = await ports.Sweep(stop);
        }
        catch (Exception failure) when (stop.IsCancellationRequested && IsStop(failure))
        {
            telemetry.SweepStopped(clock.GetElapsedTime(started));
            return new SweepReply("sweep", "stopped_at_deadline");
        }

        telemetry.Swept(report, clock.GetElapsedTime(started));
        return new SweepReply("sweep", report.LeftForNext is null ? "completed" : "left_work")
        {
            Expired = report.Expired,
            Released = report.Released,
            Recalled = report.Recalled,
            LeftForNext = report.LeftForNext,
        };
    }

    // Unlike a sweep a comparison can't be taken up where it stopped: running out of time throws.
    private async Task<SweepReply> VerifyAsync(long started, CancellationToken stop)
    {
        var report = await ports.Verify(stop);
        var wrong = report.Differences.Count(difference => difference.IsError);
        telemetry.Verified(report, wrong, clock.GetElapsedTime(started));
        return new SweepReply("verify", wrong == 0 ? "agree" : "differ")
        {
            Entries = report.Entries,
            Accounts = report.Accounts,
            Wrong = wrong,
            Passing = report.Differences.Count - wrong,
        };
    }

    // A call that is stopped ends like a time-out of the store.
    private static bool IsStop(Exception failure) =>
        failure is OperationCanceledException or StoreFailedException { Fault: StoreFault.TimedOut };

    private TimeSpan StopAfter(TimeSpan remaining) =>
        remaining > margin ? remaining - margin : TimeSpan.FromMilliseconds(1);
}
