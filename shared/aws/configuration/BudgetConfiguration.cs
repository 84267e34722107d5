using AiGateway.Domain.Budgets;
using AiGateway.Domain.Identity;
using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>What an operator has configured, as one value.</summary>
public sealed record Configuration(BudgetBook Budgets, CallerDirectory Directory);

/// <summary>
/// Budgets, teams and clients, cached in the process for at most 60 seconds and read again beside the requests from 30
/// on: a limit is
/// enforced as known at admission. Where they can't be read for longer, the answer is the fault, not an old limit.
/// </summary>
public sealed class BudgetConfiguration(
    BudgetsTable budgets, TeamsTable teams, ClientsTable clients, TimeProvider clock, TimeSpan ageMax)
{
    public static readonly TimeSpan AgeMaxDefault = TimeSpan.FromSeconds(60);

    private readonly CachedReading<Configuration> cache =
        new(stop => ReadAllAsync(budgets, teams, clients, stop), clock, ageMax / 2, ageMax);

    public Task<StoreResult<Configuration>> GetAsync(CancellationToken stop) => cache.GetAsync(stop);

    /// <summary>The next request reads it anew.</summary>
    public void Forget() => cache.Forget();

    private static async Task<StoreResult<Configuration>> ReadAllAsync(
        BudgetsTable budgets, TeamsTable teams, ClientsTable clients, CancellationToken stop)
    {
        var readBudgets = budgets.ReadAllAsync(stop);
        var readTeams = teams.ReadAllAsync(stop);
        var readClients = clients.ReadAllAsync(stop);
        return (await readBudgets, await readTeams, await readClients) switch
        {
            (StoreResult<BudgetBook>.Failed(var fault, var detail), _, _) => Failed(fault, detail),
            (_, StoreResult<IReadOnlyList<TeamRegistration>>.Failed(var fault, var detail), _) => Failed(fault, detail),
            (_, _, StoreResult<IReadOnlyList<ClientRegistration>>.Failed(var fault, var detail)) => Failed(fault, detail),
            (StoreResult<BudgetBook>.Done(var book),
                StoreResult<IReadOnlyList<TeamRegistration>>.Done(var teamList),
                StoreResult<IReadOnlyList<ClientRegistration>>.Done(var clientList)) =>
                new StoreResult<Configuration>.Done(new Configuration(book, new CallerDirectory(
                    clientList.ToDictionary(client => client.ClientId), teamList.ToDictionary(team => team.Team)))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static StoreResult<Configuration>.Failed Failed(StoreFault fault, string detail) => new(fault, detail);
}
