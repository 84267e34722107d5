using System.Text;
using System.Text.Json;
using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Lambda;
using AiGateway.Tests.Support;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.TestUtilities;
using BudgetEnforcement.Tests.Contract;

namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>The function's handler on tables of its own in DynamoDB Local.</summary>
internal sealed class Enforced : IDisposable
{
    private readonly StringWriter output = new();
    private readonly TestTables tables;
    private readonly Handler handler;

    private Enforced(TestTables tables, DynamoClient? client, Dictionary<string, string> variables, TimeProvider clock)
    {
        this.tables = tables;
        Clock = clock;
        variables["TABLE_PREFIX"] = variables.GetValueOrDefault("OTHER_PREFIX") ?? tables.Names.Prefix;
        var settings = Settings.Read(new EnvironmentReader(variables.GetValueOrDefault));
        handler = Function.HandlerOf(
            settings,
            DynamoPorts.Create(client ?? tables.Client, settings.Store, clock),
            new JsonLines(TextWriter.Synchronized(output)),
            clock);
        Accounts = new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        Ledger = new LedgerTable(tables.Client, tables.Names, TestTables.StoreTimeout);
    }

    public TimeProvider Clock { get; }

    public AccountsTable Accounts { get; }

    public LedgerTable Ledger { get; }

    public TestTables Tables => tables;

    /// <summary>With a month's budget for payments, in dollars; null: none, so that the tier counts.</summary>
    public static async Task<Enforced> StartAsync(
        decimal? monthlyUsd = null,
        DynamoClient? client = null,
        TimeProvider? clock = null,
        IReadOnlyList<TableDefinition>? only = null,
        int? shards = null,
        params (string Name, string Value)[] settings)
    {
        var tables = await LocalDatabase.CreateTablesAsync([.. only ?? []]);
        if (monthlyUsd is { } usd)
        {
            await PutAsync(tables, usd, shards);
        }

        // Generous where time is not the question: two cores run many tests at once.
        var variables = SettingsTests.Valid();
        variables["STORE_TIMEOUT_MS"] = "20000";
        variables["WEBHOOK_TIMEOUT_MS"] = "50000";
        variables["FUNCTION_TIMEOUT_MS"] = "60000";
        foreach (var (name, value) in settings)
        {
            variables[name] = value;
        }

        return new Enforced(tables, client, variables, clock ?? TimeProvider.System);
    }

    /// <summary>Changes the month's budget for payments.</summary>
    public Task BudgetAsync(decimal monthlyUsd, int? shards = null) => PutAsync(tables, monthlyUsd, shards);

    private static async Task PutAsync(TestTables tables, decimal monthlyUsd, int? shards)
    {
        var budgets = new BudgetsTable(tables.Client, tables.Names, TestTables.StoreTimeout, zone => zone == "UTC");
        var row = FakePorts.Monthly("team#payments", monthlyUsd) with { Shards = shards };
        Assert.IsType<StoreResult<BudgetFields>.Done>(await budgets.PutAsync(row, default));
    }

    /// <summary>Asks the webhook's question; true: admitted. Anything but pass or reject fails the test.</summary>
    public async Task<bool> AskAsync(Dictionary<string, string> headers, DateTimeOffset? receivedAt = null)
    {
        var response = await HandleAsync(Questions.Event(headers, receivedAt: receivedAt ?? Clock.GetUtcNow()));
        Assert.Equal(200, response.StatusCode);
        return GatewayDecoder.Decode(Encoding.UTF8.GetBytes(response.Body)) switch
        {
            GatewayDecoder.Pass => true,
            GatewayDecoder.Reject => false,
            var other => throw new InvalidOperationException($"{other}: {response.Body}"),
        };
    }

    public Task<APIGatewayHttpApiV2ProxyResponse> HandleAsync(APIGatewayHttpApiV2ProxyRequest request) =>
        handler.HandleAsync(Questions.Decoded(request), new TestLambdaContext { RemainingTime = TimeSpan.FromSeconds(60) });

    /// <summary>The last line about a request.</summary>
    public JsonElement LogOf(string requestId)
    {
        lock (output)
        {
            return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Last(line => line.TryGetProperty("request_id", out var id) && id.GetString() == requestId);
        }
    }

    /// <summary>Every decision so far.</summary>
    public IReadOnlyList<JsonElement> Decisions()
    {
        lock (output)
        {
            return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Where(line => line.TryGetProperty("holds_left", out _))];
        }
    }

    public string LogOf(string requestId, string field) => LogOf(requestId).GetProperty(field).ToString();

    public async Task<RunningTotal> MonthAsync(string team = "payments", string? period = null)
    {
        var scope = Assert.IsType<Outcome<Scope>.Ok>(Scope.Parse($"team#{team}")).Value;
        var account = new AccountKey(scope, period ?? $"{Clock.GetUtcNow():yyyy-MM}");
        var read = Assert.IsType<StoreResult<AccountTotals?>.Done>(await Accounts.ReadAsync(account, default));
        return read.Value?[new Total("M", Dimension.Usd)] ?? RunningTotal.Zero;
    }

    /// <summary>The month's dollars of every shard that there is.</summary>
    public Task<IReadOnlyList<(int Shard, RunningTotal Total)>> ShardsAsync() => ShardsAsync(new Total("M", Dimension.Usd));

    public async Task<IReadOnlyList<(int Shard, RunningTotal Total)>> ShardsAsync(Total total)
    {
        var page = Assert.IsType<StoreResult<AccountPage>.Done>(await Accounts.ScanAsync(null, default)).Value;
        return [.. page.Accounts
            .Where(item => item.Account.Scope.Value == "team#payments"
                && (item.Account.Period == PlannedLimit.InFlightItem) == (total.Window == Total.InFlight))
            .Select(item => (item.Account.Shard, item[total]))
            .OrderBy(item => item.Shard)];
    }

    public async Task<LedgerEntry?> EntryAsync(string requestId)
    {
        var read = await Ledger.ReadAsync([requestId], default);
        return Assert.IsType<StoreResult<IReadOnlyList<LedgerEntry>>.Done>(read).Value.SingleOrDefault();
    }

    /// <summary>Books a request as measured, as the log line's side does.</summary>
    public async Task SettleAsync(string requestId, decimal cost)
    {
        var report = await BookAsync([requestId], cost);
        Assert.IsType<SettlementOutcome.Booked>(Assert.Single(report.Outcomes));
        Assert.Empty(report.PostingsLeftOpen);
    }

    /// <summary>The same where others book beside it: a posting may be left to the next batch.</summary>
    public Task<SettlementReport> BookAsync(IReadOnlyList<string> requestIds, decimal cost)
    {
        var settler = new Settler(
            Ledger,
            new PostingsTable(tables.Client, tables.Names, TestTables.StoreTimeout),
            MachinePacing.Over(TimeProvider.System),
            () => Guid.CreateVersion7().ToString("N"));
        return settler.SettleAsync([.. requestIds.Select(id => new SettlementRequest(id, _ => Measured(cost)))], default);
    }

    private static Booking Measured(decimal cost) => new(
        EntryState.Measured,
        "payments",
        DateTimeOffset.UtcNow,
        [],
        new BookedAmounts(new Usd(cost), 400, 1),
        new EntryResult(
            new Usd(cost), "complete", "openai", "gpt-4o-mini", null, 300, 100, Usd.Zero, DateTimeOffset.UtcNow));

    public void Dispose() => tables.Dispose();
}
