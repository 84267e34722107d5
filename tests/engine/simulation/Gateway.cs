using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// Asks before every attempt, calls the provider, retries, and logs one line a request, which may come twice, late or
/// never.
/// </summary>
internal sealed class Gateway(World world, Budgets budgets, Attribution attribution)
{
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromMilliseconds(1200);
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LateMax = TimeSpan.FromMinutes(35);

    public async Task RunAsync(ClientRequest request)
    {
        await world.Time.DelayAsync(world.Between(TimeSpan.Zero, TimeSpan.FromMinutes(8)));
        var team = world.Pick("a", "b");
        for (var attempt = 1; request.Line is null; attempt++)
        {
            var plan = budgets.Plan(request.Id, team, $"{request.Id}.{attempt}");
            if (!await IsPassedAsync(plan))
            {
                // A refused later attempt is logged with the earlier one's provider, which had failed.
                request.Line = new LogLine(attempt == 1 ? EntryState.NotSent : EntryState.Measured, 0);
                break;
            }

            request.Passed.Add(plan.Attempt);
            await world.Time.DelayAsync(ProviderTime());
            request.Line = Ending(attempt);
        }

        Deliver(request);
    }

    private async Task<bool> IsPassedAsync(ReservePlan plan)
    {
        var process = new Process(Role.Enforcement);
        var stores = world.StoresOf(process);
        var reservation = new Reservation(stores.Accounts, stores.Ledger, world.PacingOf(process));
        // A cold start may have eaten most of the time that the gateway gives.
        var left = world.Roll(15) == 0 ? TimeSpan.FromMilliseconds(world.Roll(12)) : WebhookTimeout - Margin;
        var deadline = world.Time.GetUtcNow() + left;
        var answer = reservation.ReserveAsync(plan, deadline, CancellationToken.None);

        await Task.WhenAny(answer, world.Time.DelayAsync(WebhookTimeout));
        if (!answer.IsCompleted)
        {
            world.Seen.Add("no answer");
            return false;
        }

        var outcome = await answer;
        world.Seen.Add(outcome is ReserveOutcome.Admitted(var attempts, _)
            ? $"admitted {attempts}"
            : outcome.GetType().Name);
        return outcome is ReserveOutcome.Admitted;
    }

    // Three attempts stay within the gateway's own request timeout, which is shorter than the holds' time-to-live.
    private TimeSpan ProviderTime() => world.Between(
        TimeSpan.FromSeconds(1), world.Roll(2) == 0 ? TimeSpan.FromSeconds(20) : TimeSpan.FromMinutes(3));

    private LogLine? Ending(int attempt) => world.Roll(10) switch
    {
        < 4 when attempt < 3 => null,
        < 5 => new LogLine(EntryState.Measured, 0),
        < 7 => new LogLine(EntryState.Estimated, world.Roll(1001)),
        _ => new LogLine(EntryState.Measured, world.Roll(1001)),
    };

    private void Deliver(ClientRequest request)
    {
        switch (world.Roll(100))
        {
            case < 12:
                return;
            case < 30:
                Deliver(request, LateMax);
                break;
            default:
                Deliver(request, TimeSpan.FromSeconds(20));
                break;
        }

        if (world.Roll(4) == 0)
        {
            Deliver(request, LateMax);
        }
    }

    private void Deliver(ClientRequest request, TimeSpan within)
    {
        request.IsDelivered = true;
        var line = new SettlementRequest(request.Id, request.Line!.BookingFor);
        world.Time.After(world.Between(TimeSpan.FromSeconds(1), within), () => attribution.Receive(line));
    }
}
