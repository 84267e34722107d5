using Sweep.Tests.Harness;

namespace Sweep.Tests.Dynamo;

/// <summary>The comparison of ledger and accounts, on DynamoDB Local.</summary>
public static class VerifyOnTablesTests
{
    [Fact]
    public static async Task Books_that_agree_are_told_so_and_nothing_is_changed()
    {
        using var world = await TablesWorld.CreateAsync();
        await world.Books.BookAsync("r1", 3m, Events.Now, world.ProcessAt(TimeSpan.Zero).Pacing);
        await world.Books.HoldAsync("r2", 2m, Events.Now);
        var before = await world.Books.UsdAsync();

        var (reply, process) = await world.RunAsync(Events.Verify, TimeSpan.FromMinutes(40));

        Assert.Equal(("agree", 2, 1, 0, 0), (reply.Outcome, reply.Entries, reply.Accounts, reply.Wrong, reply.Passing));
        Assert.Contains("\"event\":\"books_agree\"", process.Log, StringComparison.Ordinal);
        Assert.Contains("\"BookDifferences\":0", process.Log, StringComparison.Ordinal);
        Assert.Equal(before.Committed, (await world.Books.UsdAsync()).Committed);
    }

    [Fact]
    public static async Task An_account_that_drifted_is_explained_in_the_log_and_counted_and_left_as_it_is()
    {
        using var world = await TablesWorld.CreateAsync();
        await world.Books.BookAsync("r1", 3m, Events.Now, world.ProcessAt(TimeSpan.Zero).Pacing);
        await world.Books.DriftAsync(2.5m);

        var (reply, process) = await world.RunAsync(Events.Verify, TimeSpan.FromMinutes(40));

        Assert.Equal(("differ", 1), (reply.Outcome, reply.Wrong));
        var line = process.Log.Split('\n').Single(line => line.Contains("account_differs", StringComparison.Ordinal));
        string[] parts = ["\"level\":\"error\"", "team#payments@2026-11", "M.Usd", "\"2.5\"", "\"3\"", "Settled"];
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("\"BookDifferences\":1", process.Log, StringComparison.Ordinal);
        Assert.Equal(2.5m, (await world.Books.UsdAsync()).Settled);
    }

    [Fact]
    public static async Task What_passes_by_itself_is_counted_apart()
    {
        using var world = await TablesWorld.CreateAsync();
        await world.Books.OrphanAsync(Books.Account(), 3m, Events.Now);

        var (reply, process) = await world.RunAsync(Events.Verify, TimeSpan.Zero);

        Assert.Equal(("agree", 0, 1), (reply.Outcome, reply.Wrong, reply.Passing));
        Assert.Contains("\"BookDifferencesPassing\":1", process.Log, StringComparison.Ordinal);
    }
}
