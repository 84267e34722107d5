using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests;

/// <summary>Reservations against fake tables, with a script of faults.</summary>
internal sealed class ReservationFixture
{
    public static readonly Total Usd = ContractData.MonthUsd;

    public static readonly AccountKey Org = new(Scope.Org, "2026-11");

    public static readonly AccountKey Team = new(ContractData.TeamScope("payments"), "2026-11");

    private readonly Reservation reservation;

    public ReservationFixture(Func<StoreCall, int, Fate>? script = null)
    {
        Network = new ScriptedNetwork(script ?? ((_, _) => Fate.Normal));
        var index = new OpenIndexView(entry => entry.OpenBucket);
        var store = new FakeStore(Tables, index, Network);
        var pacing = new Pacing(
            Time, most => most / 2, (time, stop) => Delay is null ? Time.DelayAsync(time) : Delay(time, stop));
        reservation = new Reservation(store, store, pacing, RoundTrips.Add);
    }

    /// <summary>In place of the clock that jumps over every pause.</summary>
    public Func<TimeSpan, CancellationToken, Task>? Delay { get; init; }

    public ManualTime Time { get; } = new();

    public FakeTables Tables { get; } = new();

    public ScriptedNetwork Network { get; }

    public List<int> RoundTrips { get; } = [];

    public static AccountLimit Limit(AccountKey account, decimal amount, BudgetMode mode = BudgetMode.Hard) =>
        new(account, Usd, amount, mode, DateTimeOffset.MaxValue);

    /// <summary>When the gateway gives up.</summary>
    public DateTimeOffset Deadline { get; private set; }

    public Task<ReserveOutcome> ReserveAsync(string attempt, decimal usd, params AccountLimit[] limits) =>
        ReserveAsync(new ReservePlan("r1", "payments", AttemptOf(attempt, usd), limits));

    public Task<ReserveOutcome> ReserveAsync(ReservePlan plan, CancellationToken stop = default)
    {
        Deadline = Time.Now + TimeSpan.FromSeconds(1);
        return reservation.ReserveAsync(plan, Deadline, stop);
    }

    public Attempt AttemptOf(string id, decimal usd) => ContractData.AttemptOf(id, usd) with
    {
        Bucket = HoldBucket.Containing(Time.Now),
        Holds = [new AccountHold(Org, [new(Usd, usd)]), new AccountHold(Team, [new(Usd, usd)])],
    };

    public decimal Committed(AccountKey account) => Tables.Accounts.Read(account)?[Usd].Committed ?? 0m;

    public LedgerEntry? Entry => Tables.Ledger.Find("r1");
}
