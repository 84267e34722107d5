namespace AiGateway.Engine.Tests.Simulation;

/// <summary>One run of the whole engine under one seed.</summary>
internal static class Schedule
{
    private const int EventsMax = 2_000_000;
    private static readonly TimeSpan Traffic = TimeSpan.FromMinutes(70);

    /// <summary>The first thing that went wrong; null where nothing did.</summary>
    public static string? Run(int seed, Plant plant) => Run(seed, plant, []);

    /// <summary>The same; what happened in it is added to what was seen.</summary>
    public static string? Run(int seed, Plant plant, HashSet<string> seen)
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
            seen.UnionWith(world.Seen);
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static string? Run(World world)
    {
        string? violation = null;
        void Violated(string trouble) => violation ??= trouble;
        var budgets = new Budgets(world);
        var requests = Enumerable.Range(1, 2 + world.Roll(7))
            .Select(number => new ClientRequest($"r{number}"))
            .ToDictionary(request => request.Id);
        var checks = new Checks(world, budgets, requests);
        world.Written = call => violation ??= checks.AfterWrite(call);
        var gateway = new Gateway(world, budgets, checks, new Attribution(world, Violated));
        var sweeper = new Sweeper(world);
        var books = new Operator(world, Violated);

        List<Task> work = [.. requests.Values.Select(gateway.RunAsync)];
        sweeper.Schedule(Traffic);
        books.Schedule(Traffic);
        foreach (var minutes in (ReadOnlySpan<int>)[15, 30, 45])
        {
            world.Time.After(Traffic + TimeSpan.FromMinutes(minutes), () =>
            {
                world.HasFaults = false;
                work.Add(sweeper.RunAsync());
            });
        }

        world.Time.After(Traffic + TimeSpan.FromMinutes(60), () =>
        {
            if (work.TrueForAll(task => task.IsCompletedSuccessfully))
            {
                work.Add(books.RebuildAndVerifyAsync());
            }
        });
        world.Time.RunToEnd(EventsMax, () => violation is not null);
        return violation
            ?? work.FirstOrDefault(task => !task.IsCompletedSuccessfully)?.Exception?.ToString()
            ?? new ChecksAtRest(world, requests).Run();
    }
}
