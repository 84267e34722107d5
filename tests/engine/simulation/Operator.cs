using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// Compares and rebuilds beside the traffic. In some schedules an account drifts upwards, as after an outage with
/// <c>allow</c>: then a rebuild sets it right. What did not drift is never changed.
/// </summary>
internal sealed class Operator(World world, Action<string> violated)
{
    private int drifts;

    public void Schedule(TimeSpan until)
    {
        if (world.Roll(4) == 0)
        {
            world.Time.After(world.Between(TimeSpan.Zero, until), Drift);
        }

        for (var runs = world.Roll(3); runs > 0; runs--)
        {
            world.Time.After(world.Between(TimeSpan.Zero, until), () => _ = RebuildAsync());
        }
    }

    public async Task RebuildAsync()
    {
        try
        {
            await Books().RebuildAsync(CancellationToken.None);
        }
        catch (StoreFailedException) when (world.HasFaults)
        {
            // What was corrected stands; it is run again.
        }

        if (world.Tables.Accounts.Corrections > drifts)
        {
            violated($"{world.Tables.Accounts.Corrections} corrections of {drifts} drifts.");
        }
    }

    /// <summary>At the end: nothing differs.</summary>
    public async Task RebuildAndVerifyAsync()
    {
        await RebuildAsync();
        if (world.Tables.Accounts.Corrections > 0)
        {
            world.Seen.Add("corrected");
        }

        var report = await Books().VerifyAsync(CancellationToken.None);
        foreach (var difference in report.Differences)
        {
            violated($"After the rebuild: {difference}");
        }
    }

    private Reconciliation Books()
    {
        var process = new Process(Role.Operator);
        var stores = world.StoresOf(process);
        return new Reconciliation(stores.Accounts, stores.Ledger, stores.Postings, world.PacingOf(process));
    }

    private void Drift()
    {
        List<AccountKey> months = [.. world.Tables.Accounts.All
            .Select(account => account.Account)
            .Where(account => account.Period.Length == "2026-11".Length)];
        if (months.Count > 0)
        {
            drifts++;
            var amount = (1 + world.Roll(3000)) / 1000m;
            world.Tables.Accounts.Drift(
                months[world.Roll(months.Count)], new Total("M", Dimension.Usd), amount, world.Roll(2) == 0);
        }
    }
}
