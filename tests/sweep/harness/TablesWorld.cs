using AiGateway.Aws;
using AiGateway.Tests.Support;

namespace Sweep.Tests.Harness;

/// <summary>The function on DynamoDB Local, composed as it is deployed.</summary>
internal sealed class TablesWorld(TestTables tables) : IDisposable
{
    public Books Books { get; } = new(
        new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout),
        new LedgerTable(tables.Client, tables.Names, TestTables.StoreTimeout),
        new PostingsTable(tables.Client, tables.Names, TestTables.StoreTimeout));

    public static async Task<TablesWorld> CreateAsync(params TableDefinition[] only) => new(
        await LocalDatabase.CreateTablesAsync(only.Length > 0
            ? only
            : [TableDefinitions.Accounts, TableDefinitions.Ledger, TableDefinitions.Postings]));

    public void Dispose() => tables.Dispose();

    /// <summary>In a process of its own, so long after noon.</summary>
    public async Task<(SweepReply Reply, SweepProcess Process)> RunAsync(
        ScheduleEvent input, TimeSpan later, TimeSpan? remaining = null)
    {
        var process = ProcessAt(later);
        return (await RunAsync(process, input, tables.Client, remaining), process);
    }

    /// <summary>Over a client that tells what it sends.</summary>
    public async Task<SweepReply> RunAsync(ScheduleEvent input, TimeSpan later, IDynamoObserver observer)
    {
        using var client = LocalDatabase.Client(tables.Endpoint, TestTables.StoreTimeout, observer);
        return await RunAsync(ProcessAt(later), input, client, null);
    }

    public Task<SweepReply> RunAsync(
        SweepProcess process, ScheduleEvent input, DynamoClient client, TimeSpan? remaining) =>
        process.InvokeAsync(input, settings => DynamoPorts.Over(client, settings, process.Pacing), remaining);

    public SweepProcess ProcessAt(TimeSpan later)
    {
        var process = new SweepProcess(Events.Now + later);
        process.Environment["TABLE_PREFIX"] = tables.Names.Prefix;
        return process;
    }
}
