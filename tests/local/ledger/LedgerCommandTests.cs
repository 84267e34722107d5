using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Local.Ledger;
using AiGateway.Tests.Support;

namespace AiGateway.Local.Tests.Ledger;

public sealed class LedgerCommandTests : IAsyncLifetime
{
    private static readonly Total MonthUsd = new("M", Dimension.Usd);
    private static readonly AccountKey Org = new(Scope.Org, "2026-11");
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_794_000_000);

    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private TestTables tables = null!;

    public async ValueTask InitializeAsync() => tables = await LocalDatabase.CreateTablesAsync(
        TableDefinitions.Accounts, TableDefinitions.Ledger, TableDefinitions.Postings);

    public ValueTask DisposeAsync()
    {
        tables.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Verify_explains_a_drifted_account_and_rebuild_sets_it_right()
    {
        await BookAsync("r1", EntryState.Measured, 3m);
        Assert.Equal(ExitCode.Done, await RunAsync("verify"));
        Assert.Empty(output.ToString());

        var seen = await OrgAsync();
        await Accounts.CorrectAsync(Org, MonthUsd, seen, seen with { Settled = 2.5m, Committed = 2.5m }, default);
        Assert.Equal(ExitCode.BadInput, await RunAsync("verify"));
        Assert.Contains("org@2026-11\tM.usd\tsettled\t2.5\t3\t", output.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, await RunAsync("rebuild"));
        Assert.Equal(ExitCode.Done, await RunAsync("verify"));
        Assert.Equal((3m, 3m), ((await OrgAsync()).Settled, (await OrgAsync()).Committed));
    }

    [Fact]
    public async Task Resolve_books_what_an_expired_request_cost_once()
    {
        await HoldAsync("r1", 2m);
        await BookAsync("r1", EntryState.Expired, 0m);

        Assert.Equal(ExitCode.Done, await RunAsync("resolve", "r1", "--cost", "0.75", "--tokens", "10"));
        Assert.Equal("r1\tmeasured\t0.75", output.ToString().Trim());
        Assert.Equal((0.75m, 0m), ((await OrgAsync()).Settled, (await OrgAsync()).Estimated));
        Assert.Equal(ExitCode.BadInput, await RunAsync("resolve", "r1", "--cost", "0.75"));
        Assert.Equal(ExitCode.BadInput, await RunAsync("resolve", "nobody", "--not-sent"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("verify now")]
    [InlineData("resolve r1")]
    [InlineData("resolve r1 --cost -1")]
    [InlineData("resolve r1 --cost 1e3")]
    [InlineData("resolve r1 --cost 1 --tokens few")]
    public async Task A_wrong_command_line_says_how_it_is_done(string line)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("usage: ./dev ledger verify", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_setting_that_is_missing_is_named()
    {
        var exit = await LedgerCommand.RunAsync(["verify"], _ => null, output, errors, default);

        Assert.Equal(ExitCode.Usage, exit);
        Assert.Contains("AWS_REGION", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("TABLE_PREFIX", errors.ToString(), StringComparison.Ordinal);
    }

    private AccountsTable Accounts => new(tables.Client, tables.Names, TestTables.StoreTimeout);

    private LedgerTable Ledger => new(tables.Client, tables.Names, TestTables.StoreTimeout);

    private Task<int> RunAsync(params string[] args) => LedgerCommand.RunAsync(
        args,
        name => name switch
        {
            "AWS_REGION" => TestTables.Region,
            "TABLE_PREFIX" => tables.Names.Prefix,
            "DYNAMODB_ENDPOINT" => tables.Endpoint.ToString(),
            _ => null,
        },
        output,
        errors,
        CancellationToken.None);

    private async Task<RunningTotal> OrgAsync() =>
        ((StoreResult<AccountTotals?>.Done)await Accounts.ReadAsync(Org, default)).Value![MonthUsd];

    private async Task HoldAsync(string requestId, decimal usd)
    {
        var bucket = HoldBucket.Containing(Now);
        var attempt = new Attempt(
            "a1", bucket, Now, new AttemptCall("openai", "m", null, null, false), new Usd(usd),
            new HoldBounds(HoldMode.WorstCase, 10, 10, 1), RetryPolicy.Release, ExpiryPolicy.Charge,
            [new AccountHold(Org, [new(MonthUsd, usd)])]);
        await Accounts.ReserveAsync(new ReserveWrite(Org, bucket, [new(MonthUsd, usd)], [], []), default);
        await Ledger.PutHeldAsync(
            new LedgerEntry(requestId, EntryState.Held, 1, "t", Now, [attempt], [], [], null, null), default);
    }

    private async Task BookAsync(string requestId, EntryState state, decimal usd)
    {
        var postings = new PostingsTable(tables.Client, tables.Names, TestTables.StoreTimeout);
        var settler = new Settler(Ledger, postings, MachinePacing.Over(TimeProvider.System), () => Guid.CreateVersion7().ToString("N"));
        var booking = new Booking(
            state, "t", Now, [new AccountHold(Org, [new(MonthUsd, 0m)])], new BookedAmounts(new Usd(usd), 0, 1),
            new EntryResult(null, "complete", null, null, null, null, null, Usd.Zero, Now));
        await settler.SettleAsync([new SettlementRequest(requestId, _ => booking)], default);
    }
}
