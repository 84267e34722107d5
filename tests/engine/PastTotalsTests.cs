using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using static AiGateway.Engine.Tests.SettlerFixture;

namespace AiGateway.Engine.Tests;

/// <summary>
/// Totals of minutes, hours and days that are over: whoever sees them removes them with a write of its own; the sweep removes
/// the rest, which is all of them where every request meets a process that just began.
/// </summary>
public sealed class PastTotalsTests
{
    // What the proof of the item's size counts with, and what a sweep every ten minutes lets pile up on top of it.
    private const int MinutesBetweenSweeps = 10;
    private const int MinutesOfGrace = 2;

    [Fact]
    public async Task Processes_that_know_nothing_leave_at_most_the_minutes_since_the_last_sweep()
    {
        var world = new SettlerFixture();
        var most = 0;
        for (var minute = 0; minute < 60; minute++)
        {
            AdmitByAColdProcess(world);
            most = Math.Max(most, Minutes(world));
            world.Time.Now += TimeSpan.FromMinutes(1);
            if (minute % MinutesBetweenSweeps == MinutesBetweenSweeps - 1)
            {
                var before = world.Time.Now;
                await world.SweepAsync();
                world.Time.Now = before;
            }
        }

        Assert.InRange(most, MinutesBetweenSweeps, MinutesBetweenSweeps + MinutesOfGrace);
    }

    [Fact]
    public async Task The_sweep_leaves_what_is_not_over_and_what_is_the_items_own()
    {
        var world = new SettlerFixture();
        AdmitByAColdProcess(world);
        world.Time.Now += TimeSpan.FromMinutes(3);
        await world.SweepAsync();
        var left = world.Tables.Accounts.Read(Account("payments"))!.Totals.Keys.Select(total => total.Window[0]);

        Assert.Equal(['M', 'd', 'h'], left.Order());
    }

    [Fact]
    public async Task A_line_later_than_its_removed_minute_is_booked_on_the_month_and_does_not_bring_the_minute_back()
    {
        var world = new SettlerFixture();
        AdmitByAColdProcess(world);
        world.Time.Now += TimeSpan.FromMinutes(5);
        await world.SweepAsync();
        await world.SettleAsync([Line("r1", 0.5m)]);

        Assert.Equal(['M', 'd', 'h'], Totals(world).Keys.Select(total => total.Window[0]).Order());
        Assert.All(Totals(world).Values, total => Assert.Equal((0.5m, 0.5m), (total.Settled, total.Committed)));
    }

    /// <summary>They say only what came late. Nothing is limited by them, and they add up; the next sweep removes them.</summary>
    [Fact]
    public async Task A_line_after_the_expiry_brings_its_windows_back_until_the_next_sweep()
    {
        var world = new SettlerFixture();
        AdmitByAColdProcess(world);
        world.Time.Now += TimeSpan.FromMinutes(61);
        await world.SweepAsync();
        Assert.Equal(['M', 'd'], Totals(world).Keys.Select(total => total.Window[0]).Order());
        await world.SettleAsync([Line("r1", 0.5m)]);

        Assert.Equal(['M', 'd', 'h', 'n'], Totals(world).Keys.Select(total => total.Window[0]).Order());
        Assert.All(Totals(world).Values, total => Assert.Equal(total.Settled + total.Estimated, total.Committed));
        Assert.Equal((0.5m, 0.5m), (Totals(world)[ContractData.MonthUsd].Settled, Totals(world)[ContractData.MonthUsd].Committed));

        await world.SweepAsync();
        Assert.Equal(['M', 'd'], Totals(world).Keys.Select(total => total.Window[0]).Order());
    }

    [Fact]
    public void One_write_removes_no_more_than_an_expression_holds()
    {
        var attempt = new SettlerFixture().Attempt("r1", 1m, "payments");
        var stale = Enumerable.Range(0, 500)
            .Select(minute => new StaleTotal(new Total($"n{minute}", Dimension.Requests), [1L, 2L]))
            .ToList();
        var plan = new ReservePlan("r1", "payments", attempt, [])
        {
            Stale = new Dictionary<AccountKey, IReadOnlyList<StaleTotal>> { [Account("payments")] = stale },
        };

        var removed = Assert.Single(ReserveWrites.Of(plan, _ => null)).Stale;
        Assert.Equal(ReserveWrites.RemovedMax / 7, removed.Count);
        Assert.Equal(stale[0], removed[0]);
    }

    private static IReadOnlyDictionary<Total, RunningTotal> Totals(SettlerFixture world) =>
        world.Tables.Accounts.Read(Account("payments"))!.Totals;

    private static int Minutes(SettlerFixture world) => Totals(world).Keys.Count(total => total.IsMinute);

    // Nothing of what an earlier answer showed is known to it.
    private static void AdmitByAColdProcess(SettlerFixture world)
    {
        var now = world.Time.Now;
        var windows = new[] { Window.Minute, Window.Hour, Window.Day, Window.Month };
        IReadOnlyList<TotalAmount> amounts = [.. windows.Select(window => new TotalAmount(
            new Total(Periods.Containing(now, window, ZoneRules.Utc, FiscalYear.CalendarYear).Name, Dimension.Usd), 2m))];
        var bucket = HoldBucket.Containing(now);
        world.Tables.Accounts.Reserve(new ReserveWrite(Account("payments"), bucket, amounts, [], []));
        if (world.Tables.Ledger.Find("r1") is null)
        {
            world.Tables.Ledger.PutHeld(ContractData.Held("r1", ContractData.AttemptOf("a1", 2m) with
            {
                Bucket = bucket,
                Holds = [new AccountHold(Account("payments"), amounts)],
            }));
        }
    }
}
