namespace AiGateway.Engine.Tests.Simulation.Shards;

/// <summary>One run of the engine on a sharded scope under one seed.</summary>
internal static class ShardSchedule
{
    private const int EventsMax = 3_000_000;
    private const int Phases = 4;

    /// <summary>Longer than the row is known for, and than anything lands late.</summary>
    private static readonly TimeSpan Phase = TimeSpan.FromMinutes(8);

    private static readonly TimeSpan Traffic = TimeSpan.FromMinutes(75);

    /// <summary>The first thing that went wrong; null where nothing did.</summary>
    public static string? Run(int seed, Plant plant, HashSet<string>? seen = null)
    {
        var before = SynchronizationContext.Current;
        var world = new World(seed, plant);
        SynchronizationContext.SetSynchronizationContext(new VirtualContext(world.Time));
        try
        {
            return Run(world);
        }
        finally
        {
            seen?.UnionWith(world.Seen);
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static string? Run(World world)
    {
        var budget = new ShardedBudget(world);
        // Of a limit that is not kept yet there is no highest that anybody knew.
        var isQuiet = world.Roll(2) == 0 || budget.Row.IsSoft;
        var requests = Enumerable.Range(1, 6 + world.Roll(14))
            .Select(number => new ClientRequest($"r{number}"))
            .ToDictionary(request => request.Id);
        var checks = new ShardChecks(world, budget, requests, isQuiet);
        var attribution = new Attribution(world, trouble => checks.Violation ??= trouble);
        var gateway = new ShardGateway(world, budget, attribution, checks);
        var sweeper = new Sweeper(world);
        world.Written = checks.Written;

        List<Task> work = [.. requests.Values.Select(request => gateway.RunAsync(request, Phase * world.Roll(Phases)))];
        ChangeTheRow(world, budget, isQuiet);
        sweeper.Schedule(Traffic);
        foreach (var minutes in (ReadOnlySpan<int>)[15, 30, 45])
        {
            world.Time.After(Traffic + TimeSpan.FromMinutes(minutes), () =>
            {
                world.HasFaults = false;
                work.Add(sweeper.RunAsync());
            });
        }

        world.Time.RunToEnd(EventsMax, () => checks.Violation is not null);
        return checks.Violation
            ?? work.FirstOrDefault(task => !task.IsCompletedSuccessfully)?.Exception?.ToString()
            ?? checks.AtRest();
    }

    // Requests begin in the first three minutes of a phase, and are asked for within two more.
    private static void ChangeTheRow(World world, ShardedBudget budget, bool isQuiet)
    {
        for (var phase = 1; phase < Phases; phase++)
        {
            var at = (Phase * phase) - TimeSpan.FromSeconds(isQuiet ? 61 : world.Roll(300));
            world.Time.After(at, budget.Change);
        }
    }
}
