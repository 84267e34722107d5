using AiGateway.Domain;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;
using AiGateway.Engine.Tests.Fakes;

namespace AiGateway.Engine.Tests;

/// <summary>Settlements against fake tables, with a script of faults.</summary>
internal sealed class SettlerFixture
{
    private readonly OpenIndexView index = new(entry => entry.OpenBucket);
    private int postings;

    public SettlerFixture()
    {
        Tables.Ledger.Changed += index.CatchUp;
        Tables.Ledger.Probed += index.CatchUp;
    }

    public ManualTime Time { get; } = new();

    public FakeTables Tables { get; } = new();

    public ScriptedNetwork Network { get; private set; } = new((_, _) => Fate.Normal);

    public static AccountKey Account(string team) => new(ContractData.TeamScope(team), "2026-11");

    public void Admit(string requestId, decimal usd, string team = "payments")
    {
        var attempt = Attempt(requestId, usd, team);
        foreach (var hold in attempt.Holds)
        {
            Tables.Accounts.Reserve(new ReserveWrite(hold.Account, attempt.Bucket, hold.Amounts, [], []));
        }

        if (Tables.Ledger.Find(requestId) is { } standing)
        {
            Tables.Ledger.Append(requestId, standing.Version, attempt);
            return;
        }

        Tables.Ledger.PutHeld(ContractData.Held(requestId, attempt));
    }

    public Attempt Attempt(string requestId, decimal usd, string team) => ContractData.AttemptOf(requestId, usd) with
    {
        Bucket = HoldBucket.Containing(Time.Now),
        Holds = [new AccountHold(Account(team), [new(ContractData.MonthUsd, usd)])],
    };

    public static SettlementRequest Line(string requestId, decimal usd, EntryState state = EntryState.Measured) =>
        new(requestId, _ => new Booking(
            state,
            "payments",
            ContractData.Admitted,
            [new AccountHold(Account("unheld"), [new(ContractData.MonthUsd, 0m)])],
            new BookedAmounts(new Usd(usd), 0, 1),
            new EntryResult(null, "complete", "openai", "m", null, null, null, Usd.Zero, ContractData.Admitted)));

    /// <summary>One invocation.</summary>
    public Task<SettlementReport> SettleAsync(
        IReadOnlyList<SettlementRequest> lines, Func<StoreCall, int, Fate>? script = null)
    {
        Renew(script);
        var store = new FakeStore(Tables, index, Network);
        return new Settler(store, store, Time.Pacing(), () => $"p{postings++:D6}").SettleAsync(lines, default);
    }

    public Task<SweepReport> SweepAsync(Func<StoreCall, int, Fate>? script = null)
    {
        Renew(script);
        var store = new FakeStore(Tables, index, Network);
        var settler = new Settler(store, store, Time.Pacing(), () => $"p{postings++:D6}");
        return new Sweep(store, store, store, settler, Time.Pacing(), SweepOptions.Default).RunAsync(default);
    }

    // Its calls are counted anew.
    private void Renew(Func<StoreCall, int, Fate>? script) => Network = new ScriptedNetwork(script ?? ((_, _) => Fate.Normal))
    {
        Applied = Network.Applied,
        Answers = Network.Answers,
        OnItsWay = Network.OnItsWay,
    };

    public Reconciliation Reconciliation(
        Action<StoreCall>? applied = null, Func<StoreCall, int, Fate>? script = null, Action<StoreCall>? onItsWay = null)
    {
        var network = new ScriptedNetwork(script ?? ((_, _) => Fate.Normal)) { Applied = applied };
        network.OnItsWay = call =>
        {
            onItsWay?.Invoke(call);
            return Task.CompletedTask;
        };
        var store = new FakeStore(Tables, index, network);
        return new Reconciliation(store, store, store, Time.Pacing());
    }

    public RunningTotal Dollars(string team) =>
        Tables.Accounts.Read(Account(team))?[ContractData.MonthUsd] ?? RunningTotal.Zero;

    /// <summary>Everything that stands, without what differs between two runs that came to the same.</summary>
    public string Books() => string.Join('\n', [
        .. Tables.Ledger.All.Select(entry => EntryText.Of(entry with { PostingId = null })),
        .. Tables.Accounts.All.SelectMany(account => account.Totals, (account, total) =>
            $"{account.Account} {total.Key} {total.Value.Committed:0.####} {total.Value.Settled:0.####} "
            + $"{total.Value.Estimated:0.####} {total.Value.Buckets.Values.Sum():0.####}"),
        $"{Tables.OpenPostings.Count()} open postings",
    ]);
}
