using AiGateway.Engine.Tests.Contract;
using AiGateway.Tests.Support;

namespace AiGateway.Aws.Tests;

/// <summary>The tables, on Amazon's own database, keep the contract that the simulation's fake keeps.</summary>
public sealed class DynamoDbStoreContractTests : StoreContractTests, IDisposable
{
    private TestTables? tables;

    public void Dispose() => tables?.Dispose();

    protected override async Task<Stores> OpenAsync()
    {
        tables = await LocalDatabase.CreateTablesAsync(
            TableDefinitions.Accounts, TableDefinitions.Ledger, TableDefinitions.Postings);
        return new Stores(
            new AccountsTable(tables.Client, tables.Names, TestTables.StoreTimeout),
            new LedgerTable(tables.Client, tables.Names, TestTables.StoreTimeout),
            new PostingsTable(tables.Client, tables.Names, TestTables.StoreTimeout));
    }
}
