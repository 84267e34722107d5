using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>
/// The budgets, one row for each scope and window. Written by <c>admin_api</c> and by seeding; read by everyone.
/// </summary>
/// <param name="dynamo">The client.</param>
/// <param name="names">The tables' names.</param>
/// <param name="timeout">Of one call.</param>
/// <param name="isTimeZone">Whether the zone data knows an IANA name.</param>
public sealed class BudgetsTable(
    DynamoClient dynamo, TableNames names, TimeSpan timeout, Func<string, bool> isTimeZone)
{
    private readonly WholeTable rows = new(dynamo, names.Budgets, timeout);

    /// <summary>
    /// All rows of a scope; null where it has none. A row that is not understood is a fault: it must not read as no
    /// budget.
    /// </summary>
    public async Task<StoreResult<ScopeBudgets?>> ReadAsync(Scope scope, CancellationToken stop) =>
        await rows.QueryAsync(BudgetItem.ScopeName, scope.Value, BudgetItem.Read, stop) switch
        {
            StoreResult<IReadOnlyList<BudgetFields>>.Done({ Count: 0 }) => new StoreResult<ScopeBudgets?>.Done(null),
            StoreResult<IReadOnlyList<BudgetFields>>.Done(var fields) => BudgetBook.Of(scope, fields, isTimeZone) switch
            {
                Outcome<ScopeBudgets>.Ok(var budgets) => new StoreResult<ScopeBudgets?>.Done(budgets),
                Outcome<ScopeBudgets>.Failed(var problem) => new StoreResult<ScopeBudgets?>.Failed(StoreFault.Malformed, problem.Message),
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            StoreResult<IReadOnlyList<BudgetFields>>.Failed(var fault, var detail) => new StoreResult<ScopeBudgets?>.Failed(fault, detail),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>
    /// Every scope's rows, as one value. Rows that are not understood stand in it as their scope's problem.
    /// </summary>
    public async Task<StoreResult<BudgetBook>> ReadAllAsync(CancellationToken stop) =>
        await rows.ScanAsync(BudgetItem.Read, stop) switch
        {
            StoreResult<IReadOnlyList<BudgetFields>>.Done(var fields) =>
                new StoreResult<BudgetBook>.Done(BudgetBook.Read(fields, isTimeZone)),
            StoreResult<IReadOnlyList<BudgetFields>>.Failed(var fault, var detail) => new StoreResult<BudgetBook>.Failed(fault, detail),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Puts a row in place of the one of its scope and window. It is the caller's to parse it first.</summary>
    public Task<StoreResult<BudgetFields>> PutAsync(BudgetFields fields, CancellationToken stop) =>
        rows.PutAsync(fields, BudgetItem.Write(fields), stop);

    /// <summary>Done with whether there was one.</summary>
    public Task<StoreResult<bool>> DeleteAsync(Scope scope, Window window, CancellationToken stop) => rows.DeleteAsync(
        new ItemWriter()
            .Text(BudgetItem.ScopeName, scope.Value)
            .Text(BudgetItem.WindowName, BudgetNames.Windows[window])
            .Item,
        stop);
}
