using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// Asks before every attempt, calls the provider, retries, and logs one line a request, which may come twice, late or
/// never.
/// </summary>
internal sealed class Gateway(World world, Budgets budgets, Checks checks, Attribution attribution)
{
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromMilliseconds(1200);
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LateMax = TimeSpan.FromMinutes(35);

    private readonly EnforcementEnvironment[] environments = [new(world), new(world), new(world)];

    public async Task RunAsync(ClientRequest request)
    {
        await world.Time.DelayAsync(world.Between(TimeSpan.Zero, TimeSpan.FromMinutes(8)));
        var team = world.Pick("a", "b");
        for (var attempt = 1; request.Line is null; attempt++)
        {
            var environment = world.Pick(environments);
            var plan = budgets.Plan(request.Id, team, $"{request.Id}.{attempt}", environment);
            if (await AskAsync(plan, environment) is not { } isInOutage)
            {
                if (request.PassedInOutage.Count > 0)
                {
                    checks.RefusedAfterAllowance(plan.Attempt);
                }

                // A refused later attempt is logged with the earlier one's provider, which had failed.
                request.Line = attempt == 1
                    ? new LogLine(EntryState.NotSent, 0, null)
                    : new LogLine(EntryState.Measured, 0, request.PassedInOutage.LastOrDefault());
                break;
            }

            (isInOutage ? request.PassedInOutage : request.Passed).Add(plan.Attempt);
            checks.Passed(request, plan, isInOutage);
            await world.Time.DelayAsync(ProviderTime());
            request.Line = Ending(attempt, isInOutage ? plan.Attempt : request.PassedInOutage.LastOrDefault());
        }

        Deliver(request);
    }

    // Null: refused. True: let through by the outage allowance, without a hold.
    private async Task<bool?> AskAsync(ReservePlan plan, EnforcementEnvironment environment)
    {
        var process = new Process(Role.Enforcement);
        var stores = world.StoresOf(process);
        var reservation = new Reservation(stores.Accounts, stores.Ledger, world.PacingOf(process));
        // A cold start may have eaten most of the time that the gateway gives.
        var left = world.Roll(15) == 0 ? TimeSpan.FromMilliseconds(world.Roll(12)) : WebhookTimeout - Margin;
        var asked = world.Time.GetUtcNow();
        var answer = reservation.ReserveAsync(plan, asked + left, CancellationToken.None);

        await Task.WhenAny(answer, world.Time.DelayAsync(WebhookTimeout));
        if (!answer.IsCompleted)
        {
            world.Seen.Add("no answer");
            return null;
        }

        var outcome = await answer;
        environment.Note(outcome, asked);
        world.Seen.Add(outcome is ReserveOutcome.Admitted(var attempts, _)
            ? $"admitted {attempts}"
            : outcome.GetType().Name);
        return outcome switch
        {
            ReserveOutcome.Admitted => false,
            ReserveOutcome.StoreFailed { Fault: StoreFault.Unreachable } failed
                when failed.IsOutage || world.AdmitsHalfOutages => IsAllowed(plan, environment),
            _ => null,
        };
    }

    private bool? IsAllowed(ReservePlan plan, EnforcementEnvironment environment)
    {
        if (!environment.TryTakeAllowance(plan.Attempt.Hold))
        {
            return null;
        }

        world.Seen.Add("let through in an outage");
        return true;
    }

    // Three attempts stay within the gateway's own request timeout, which is shorter than the holds' time-to-live.
    private TimeSpan ProviderTime() => world.Between(
        TimeSpan.FromSeconds(1), world.Roll(2) == 0 ? TimeSpan.FromSeconds(20) : TimeSpan.FromMinutes(3));

    private LogLine? Ending(int attempt, Attempt? inOutage) => world.Roll(10) switch
    {
        < 4 when attempt < 3 => null,
        < 5 => new LogLine(EntryState.Measured, 0, inOutage),
        < 7 => new LogLine(EntryState.Estimated, world.Roll(1001), inOutage),
        _ => new LogLine(EntryState.Measured, world.Roll(1001), inOutage),
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
