using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Engine;

/// <summary>The engine on real tables: one team with a hard monthly limit, every request alike.</summary>
internal sealed class EngineOnTables : IDisposable
{
    public const decimal Limit = 25m;
    public const decimal Hold = 0.3m;
    public const decimal Cost = 0.123456789012m;

    private readonly TestTables tables;
    private int postings;

    private EngineOnTables(TestTables tables, DynamoCallLog calls)
    {
        this.tables = tables;
        Calls = calls;
        Accounts = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        Ledger = new LedgerTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        Postings = new PostingsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
    }

    public DynamoCallLog Calls { get; }

    public IAccountStore Accounts { get; }

    public ILedgerStore Ledger { get; }

    public IPostingStore Postings { get; }

    /// <summary>The machine's clock would make no difference: nothing here expires.</summary>
    private static Pacing Pacing { get; } = MachinePacing.Over(TimeProvider.System);

    public static async Task<EngineOnTables> CreateAsync()
    {
        var calls = new DynamoCallLog();
        var tables = await LocalDatabase.CreateTablesAsync(
            calls, TableDefinitions.Accounts, TableDefinitions.Ledger, TableDefinitions.Postings);
        calls.Clear();
        return new EngineOnTables(tables, calls);
    }

    public Task<ReserveOutcome> ReserveAsync(string requestId) => ReserveAsync(PlanOf(requestId));

    public Task<ReserveOutcome> ReserveAsync(ReservePlan plan) =>
        new Reservation(Accounts, Ledger, Pacing).ReserveAsync(plan, DateTimeOffset.MaxValue, default);

    /// <summary>Settles requests, with something between the engine and the tables where a test wants it.</summary>
    public Task<SettlementReport> SettleAsync(IEnumerable<string> requestIds, StoreInterceptor? between = null) => new Settler(
            between?.Before(Ledger) ?? Ledger, between?.Before(Postings) ?? Postings, Pacing, NewPostingId)
        .SettleAsync([.. requestIds.Select(id => new SettlementRequest(id, _ => Measured(new Usd(Cost))))], default);

    /// <summary>Settles requests at a cost each.</summary>
    public Task<SettlementReport> SettleAsync(IEnumerable<(string RequestId, Usd Cost)> requests) =>
        new Settler(Ledger, Postings, Pacing, NewPostingId).SettleAsync(
            [.. requests.Select(request => new SettlementRequest(request.RequestId, _ => Measured(request.Cost)))],
            default);

    /// <summary>Two hours later, without waiting for them.</summary>
    public Task<SweepReport> SweepAsync()
    {
        var pacing = new Pacing(new Later(), Random.Shared.Next, (_, _) => Task.CompletedTask);
        var settler = new Settler(Ledger, Postings, pacing, NewPostingId);
        return new Sweep(Accounts, Ledger, Postings, settler, pacing, SweepOptions.Default).RunAsync(default);
    }

    public async Task<RunningTotal> MonthAsync() => Answers.Done(await Accounts.ReadAsync(Payments, default))![MonthUsd];

    public void Dispose() => tables.Dispose();

    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromHours(2);
    }

    private string NewPostingId() => $"{Interlocked.Increment(ref postings):000000}";

    private static ReservePlan PlanOf(string requestId) => new(
        requestId,
        "payments",
        Attempt(requestId + "-a1") with
        {
            Hold = new Usd(Hold),
            Holds = [new AccountHold(Payments, [new TotalAmount(MonthUsd, Hold)])],
        },
        [new AccountLimit(Payments, MonthUsd, Limit, BudgetMode.Hard, Now.AddDays(10))]);

    private static Booking Measured(Usd cost) => new(
        EntryState.Measured,
        "payments",
        Now,
        [new AccountHold(Payments, [new TotalAmount(MonthUsd, 0m)])],
        new BookedAmounts(cost, 1_000, 1),
        new EntryResult(cost, "complete", "aws.bedrock", "m", "book", 900, 100, Usd.Zero, Now));
}
