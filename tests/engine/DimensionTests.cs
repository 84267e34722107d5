using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests;

/// <summary>Tokens, requests and requests in flight are limited like dollars, by the same conditional write.</summary>
public sealed class DimensionTests
{
    private static readonly AccountKey Team = SettlerFixture.Account("payments");
    private static readonly AccountKey Running = Team with { Period = Total.InFlight };
    private static readonly Total Usd = new("M", Dimension.Usd);
    private static readonly Total DayTokens = new("d21", Dimension.Tokens);
    private static readonly Total MinuteRequests = new("n21153e", Dimension.Requests);
    private static readonly Total InFlight = new(Total.InFlight, Dimension.Requests);

    private readonly SettlerFixture world = new();

    [Theory]
    [InlineData(Dimension.Tokens)]
    [InlineData(Dimension.Requests)]
    public async Task Each_dimension_refuses_what_does_not_fit_and_names_its_limit(Dimension dimension)
    {
        var limit = dimension == Dimension.Tokens ? Limit(Team, DayTokens, 250m) : Limit(Team, MinuteRequests, 2m);

        Assert.IsType<ReserveOutcome.Admitted>(await ReserveAsync("r1", limit));
        Assert.IsType<ReserveOutcome.Admitted>(await ReserveAsync("r2", limit));
        var refused = Assert.IsType<ReserveOutcome.OverLimit>(await ReserveAsync("r3", limit));

        Assert.Equal(dimension, refused.Limit.Total.Dimension);
        Assert.Equal(2m, world.Dollars("payments").Committed);
    }

    [Fact]
    public async Task A_window_of_its_own_starts_from_zero()
    {
        Assert.IsType<ReserveOutcome.Admitted>(await ReserveAsync("r1", Limit(Team, MinuteRequests, 1m)));
        Assert.IsType<ReserveOutcome.OverLimit>(await ReserveAsync("r2", Limit(Team, MinuteRequests, 1m)));
        var next = new Total("n21153f", Dimension.Requests);

        Assert.IsType<ReserveOutcome.Admitted>(
            await ReserveAsync("r3", Limit(Team, next, 1m), minute: next));
    }

    [Fact]
    public async Task A_request_in_flight_takes_a_place_and_its_settlement_gives_it_back()
    {
        var limit = Limit(Running, InFlight, 1m);
        Assert.IsType<ReserveOutcome.Admitted>(await ReserveAsync("r1", limit));
        Assert.IsType<ReserveOutcome.OverLimit>(await ReserveAsync("r2", limit));

        await world.SettleAsync([SettlerFixture.Line("r1", 0.5m)]);
        var place = world.Tables.Accounts.Read(Running)![InFlight];
        Assert.Equal((0m, 0m, 0m), (place.Committed, place.Settled, place.Estimated));
        Assert.IsType<ReserveOutcome.Admitted>(await ReserveAsync("r3", limit));
    }

    [Fact]
    public async Task A_place_of_a_request_that_was_never_heard_of_again_is_freed_without_a_charge()
    {
        Assert.IsType<ReserveOutcome.Admitted>(await ReserveAsync("r1", Limit(Running, InFlight, 1m)));
        world.Time.Now += TimeSpan.FromMinutes(40);
        await world.SweepAsync();

        Assert.Equal(0m, world.Tables.Accounts.Read(Running)![InFlight].Committed);
        Assert.Equal(1m, world.Dollars("payments").Estimated);
    }

    [Fact]
    public async Task Every_total_that_is_listed_is_booked_in_its_dimension()
    {
        await ReserveAsync("r1", Limit(Team, DayTokens, 1000m));
        await world.SettleAsync([SettlerFixture.Line("r1", 0.5m)]);
        var totals = world.Tables.Accounts.Read(Team)!;

        Assert.Equal((0.5m, 0m, 1m), (totals[Usd].Settled, totals[DayTokens].Settled, totals[MinuteRequests].Settled));
        Assert.All(totals.Totals.Values, total => Assert.Equal(total.Settled, total.Committed));
    }

    private static AccountLimit Limit(AccountKey account, Total total, decimal amount) =>
        new(account, total, amount, BudgetMode.Hard, DateTimeOffset.MaxValue);

    private Task<ReserveOutcome> ReserveAsync(string requestId, AccountLimit limit, Total? minute = null)
    {
        var store = FakeStore.Perfect(world.Tables);
        var attempt = ContractData.AttemptOf($"{requestId}.1", 1m) with
        {
            Bucket = HoldBucket.Containing(world.Time.Now),
            Holds =
            [
                new AccountHold(Team, [new(Usd, 1m), new(DayTokens, 100m), new(minute ?? MinuteRequests, 1m)]),
                new AccountHold(Running, [new(InFlight, 1m)]),
            ],
        };
        return new Reservation(store, store, world.Time.Pacing()).ReserveAsync(
            new ReservePlan(requestId, "payments", attempt, [limit]), world.Time.Now.AddSeconds(1), default);
    }
}
