using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;
using static AiGateway.Engine.Tests.SettlerFixture;

namespace AiGateway.Engine.Tests;

/// <summary>Shares that one shard has and none gave: a look tells them, a rebuild squares them on shard 0.</summary>
public sealed class LostShareTests
{
    private static readonly Total Usd = ContractData.MonthUsd;

    [Fact]
    public async Task A_look_tells_them_and_changes_nothing()
    {
        var world = Losing(3m, "payments");
        var report = await world.Reconciliation().VerifyAsync(default);

        var lost = Assert.Single(report.Differences);
        Assert.Equal((Account("payments"), DifferenceKind.Moved, -3m), (lost.Account, lost.Kind, lost.OfAccount));
        Assert.Equal((0, 0), (report.Corrected, world.Tables.Accounts.Corrections));
    }

    [Fact]
    public async Task A_rebuild_squares_each_of_them_and_counts_it()
    {
        var world = Losing(3m, "payments", "search");
        world.Tables.Accounts.Drift(Account("free"), Usd, 1m, isSettled: true);

        Assert.Equal(3, (await world.Reconciliation().RebuildAsync(default)).Corrected);
        Assert.Equal((3m, 3m), (world.Dollars("payments").Moved, world.Dollars("payments").Committed));
        Assert.Equal((3m, 3m), (world.Dollars("search").Moved, world.Dollars("search").Committed));
        Assert.Empty((await world.Reconciliation().VerifyAsync(default)).Differences);
    }

    [Fact]
    public async Task What_shard_0_booked_meanwhile_is_not_overwritten()
    {
        var world = Losing(3m, "payments");
        var report = await world.Reconciliation(onItsWay: call => world.Tables.Accounts.Drift(
            Account("payments"), Usd, call.Method == "Correct" ? 1m : 0m, isSettled: true)).RebuildAsync(default);

        Assert.Equal((0, 0), (report.Corrected, world.Tables.Accounts.Corrections));
        Assert.Equal((0m, 1m), (world.Dollars("payments").Moved, world.Dollars("payments").Committed));
    }

    [Fact]
    public async Task What_could_not_be_squared_is_told_with_its_account()
    {
        var failed = await Assert.ThrowsAsync<StoreFailedException>(() => Losing(3m, "payments").Reconciliation(
            script: (call, _) => call.Method == "Correct" ? Fate.Denied : Fate.Normal).RebuildAsync(default));

        Assert.Equal($"account {Account("payments")}: Denied: scripted", failed.Message);
    }

    private static SettlerFixture Losing(decimal usd, params string[] teams)
    {
        var world = new SettlerFixture();
        foreach (var shard in teams.Select(team => Account(team).At(1)))
        {
            world.Tables.Accounts.Move([new ShardWrite(new ReserveWrite(shard, 0, [], [], []), [new(Usd, -usd)], [])]);
        }

        return world;
    }
}
