namespace AiGateway.Engine.Tests.Simulation;

/// <summary>Runs the sweep on a schedule, sometimes two at once.</summary>
internal sealed class Sweeper(World world)
{
    /// <summary>
    /// Longer than the gateway's request timeout here, shorter than in production to make schedules short.
    /// </summary>
    public static readonly SweepOptions Options = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), 3, 4);

    public void Schedule(TimeSpan until)
    {
        var at = TimeSpan.FromMinutes(8);
        while (at < until)
        {
            at += world.Between(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(14));
            for (var copies = world.Roll(4) == 0 ? 2 : 1; copies > 0; copies--)
            {
                world.Time.After(at + world.Between(TimeSpan.Zero, TimeSpan.FromSeconds(10)), () => _ = RunAsync());
            }
        }
    }

    public async Task RunAsync()
    {
        var process = new Process(Role.Sweep);
        var stores = world.StoresOf(process);
        var pacing = world.PacingOf(process);
        var settler = new Settler(stores.Ledger, stores.Postings, pacing, world.NewPostingId);
        var sweep = new Sweep(stores.Accounts, stores.Ledger, stores.Postings, settler, pacing, Options);
        try
        {
            await sweep.RunAsync(CancellationToken.None);
        }
        catch (Exception stopped) when (world.HasFaults && stopped is StoreFailedException or IndexLagException)
        {
            // The next sweep goes on where this one stopped.
        }
    }
}
