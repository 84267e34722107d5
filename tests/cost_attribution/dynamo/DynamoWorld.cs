using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Lambda;
using AiGateway.Tests.Support;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Dynamo;

/// <summary>The function on DynamoDB Local, composed as it is deployed.</summary>
internal sealed class DynamoWorld(TestTables tables) : IDisposable
{
    private readonly StringWriter written = new();

    public string Log => written.ToString();

    public AccountsTable Accounts => new(tables.Client, tables.Names, TestTables.StoreTimeout);

    public LedgerTable Ledger => new(tables.Client, tables.Names, TestTables.StoreTimeout);

    public PostingsTable Postings => new(tables.Client, tables.Names, TestTables.StoreTimeout);

    public static async Task<DynamoWorld> CreateAsync(params TableDefinition[] only) =>
        new(await LocalDatabase.CreateTablesAsync(only));

    public void Dispose() => tables.Dispose();

    public Task<BatchReply> SendAsync(IEnumerable<string> lines) => SendAsync(lines, tables.Client);

    /// <summary>In a fresh process, which dies where the observer throws.</summary>
    public async Task<BatchReply> SendAsync(IEnumerable<string> lines, IDynamoObserver observer)
    {
        using var client = LocalDatabase.Client(tables.Endpoint, TestTables.StoreTimeout, observer);
        return await SendAsync(lines, client);
    }

    public Task<BatchReply> SendAsync(IEnumerable<string> lines, DynamoClient client, int storeTimeoutMs = 20_000)
    {
        var environment = new Dictionary<string, string>
        {
            ["AWS_REGION"] = TestTables.Region,
            ["TABLE_PREFIX"] = tables.Names.Prefix,
            ["STORE_TIMEOUT_MS"] = $"{storeTimeoutMs}",
            ["FUNCTION_TIMEOUT_MS"] = "60000",
        };
        var clock = new FixedClock(World.Now);
        var handle = Function.Compose(
            new EnvironmentReader(environment.GetValueOrDefault),
            new JsonLines(written),
            clock,
            settings => DynamoPorts.Over(client, settings, clock));
        return handle(Payloads.Of(lines), World.Context());
    }

    public async Task SetBudgetAsync(string team, decimal usd)
    {
        var budgets = new BudgetsTable(tables.Client, tables.Names, TestTables.StoreTimeout, zone => zone == "UTC");
        var row = new BudgetFields($"team#{team}", "month")
        {
            Limits = new BudgetAmounts(Usd: usd),
            ReplacesTier = true,
        };
        Assert.IsType<StoreResult<BudgetFields>.Done>(await budgets.PutAsync(row, CancellationToken.None));
    }

    public async Task<RunningTotal> UsdAsync(string team) => (await TotalsAsync(team))[new Total("M", Dimension.Usd)];

    public async Task<AccountTotals> TotalsAsync(string team)
    {
        var account = AccountOf(team);
        var read = await ((IAccountStore)Accounts).ReadAsync(account, CancellationToken.None);
        return Assert.IsType<StoreResult<AccountTotals?>.Done>(read).Value
            ?? new AccountTotals(account, new Dictionary<Total, RunningTotal>());
    }

    public async Task<IReadOnlyList<Posting>> OpenPostingsAsync(string team)
    {
        var read = await Postings.ReadOpenAsync(AccountOf(team), CancellationToken.None);
        return Assert.IsType<StoreResult<IReadOnlyList<Posting>>.Done>(read).Value;
    }

    public async Task<IReadOnlyList<LedgerEntry>> EntriesAsync(IEnumerable<string> requestIds)
    {
        var entries = new List<LedgerEntry>();
        foreach (var page in requestIds.Distinct().Chunk(LedgerTable.ItemsMax))
        {
            var read = await ((ILedgerStore)Ledger).ReadAsync(page, CancellationToken.None);
            entries.AddRange(Assert.IsType<StoreResult<IReadOnlyList<LedgerEntry>>.Done>(read).Value);
        }

        return entries;
    }

    private static AccountKey AccountOf(string team) =>
        new(((Outcome<Scope>.Ok)Scope.Parse($"team#{team}")).Value, "2026-11");
}
