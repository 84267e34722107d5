using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Simulation.Shards;

/// <summary>An execution environment between two requests: what it remembers and what it knows of the row.</summary>
internal sealed record ShardEnvironment(ShardMemory Memory, ShardedRow Row, DateTimeOffset ReadAt);

/// <summary>
/// Asks for every attempt, in environments that remember, and logs one line a request. A killed environment forgets.
/// </summary>
internal sealed class ShardGateway(World world, ShardedBudget budget, Attribution attribution, ShardChecks checks)
{
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromMilliseconds(1200);
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(60);

    private readonly Queue<ShardEnvironment> free = [];

    public async Task RunAsync(ClientRequest request, TimeSpan from)
    {
        await world.Time.DelayAsync(world.Between(from, from + TimeSpan.FromMinutes(3)));
        for (var attempt = 1; request.Line is null; attempt++)
        {
            if (!await IsPassedAsync(request, attempt))
            {
                var state = attempt == 1 ? EntryState.NotSent : EntryState.Measured;
                request.Line = new LogLine(state, 0, null);
                break;
            }

            await world.Time.DelayAsync(world.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(40)));
            request.Line = Ending(attempt);
        }

        Deliver(request);
    }

    private async Task<bool> IsPassedAsync(ClientRequest request, int attempt)
    {
        var environment = Environment();
        var process = new Process(Role.Enforcement);
        var stores = world.StoresOf(process);
        var roundTrips = 0;
        var reservation = new Reservation(
            new SeenMoves(stores, world.Seen), stores.Ledger, world.PacingOf(process), count => roundTrips = count, environment.Memory);
        var plan = budget.Plan(environment.Row, request.Id, $"{request.Id}.{attempt}");
        var deadline = world.Time.GetUtcNow() + WebhookTimeout - Margin;
        var answer = reservation.ReserveAsync(plan, deadline, CancellationToken.None);

        await Task.WhenAny(answer, world.Time.DelayAsync(WebhookTimeout));
        if (!answer.IsCompleted)
        {
            world.Seen.Add("no answer");
            return false;
        }

        free.Enqueue(environment);
        var outcome = await answer;
        world.Seen.Add(outcome is ReserveOutcome.Admitted ? $"admitted in {Math.Min(roundTrips, 3)}" : outcome.GetType().Name);
        if (outcome is not ReserveOutcome.Admitted)
        {
            world.Seen.Add(outcome is ReserveOutcome.OverLimit { HoldsLeft: > 0 } ? "undone behind the answer" : "undone before it");
            return false;
        }

        request.Passed.Add(plan.Attempt);
        checks.Admitted(environment.Row);
        return true;
    }

    private ShardEnvironment Environment()
    {
        var now = world.Time.GetUtcNow();
        var environment = free.Count > 0 && world.Roll(8) > 0
            ? free.Dequeue()
            : new ShardEnvironment(new ShardMemory(), budget.Row, now);
        return now - environment.ReadAt < KnownFor ? environment : environment with { Row = budget.Row, ReadAt = now };
    }

    private LogLine? Ending(int attempt) => world.Roll(10) switch
    {
        < 2 when attempt < 3 => null,
        < 4 => new LogLine(EntryState.Estimated, world.Roll(1001), null),
        _ => new LogLine(EntryState.Measured, world.Roll(1001), null),
    };

    private void Deliver(ClientRequest request)
    {
        for (var copies = world.Roll(8) switch { 0 => 0, 1 => 2, _ => 1 }; copies > 0; copies--)
        {
            request.IsDelivered = true;
            var line = new SettlementRequest(request.Id, request.Line!.BookingFor);
            var within = world.Roll(5) == 0 ? TimeSpan.FromMinutes(35) : TimeSpan.FromSeconds(30);
            world.Time.After(world.Between(TimeSpan.FromSeconds(1), within), () => attribution.Receive(line));
        }
    }
}
