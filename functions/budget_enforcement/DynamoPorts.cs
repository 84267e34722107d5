using AiGateway.Aws;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using AiGateway.TimeZones;
using BudgetEnforcement.Decide;

namespace BudgetEnforcement;

/// <summary>The ports on DynamoDB, composed once for the process.</summary>
internal static class DynamoPorts
{
    public static Ports Create(StoreSettings settings, TimeProvider clock) => Create(
        DynamoClient.Create(new DynamoSettings(settings.Region, settings.Endpoint, settings.Timeout)), settings, clock);

    /// <summary>With a client of the test's own.</summary>
    internal static Ports Create(DynamoClient dynamo, StoreSettings settings, TimeProvider clock)
    {
        var names = new TableNames(settings.TablePrefix);
        var accounts = new AccountsTable(dynamo, names, settings.Timeout);
        var ledger = new LedgerTable(dynamo, names, settings.Timeout);
        var configuration = new BudgetConfiguration(
            new BudgetsTable(dynamo, names, settings.Timeout, IanaZones.IsKnown),
            new TeamsTable(dynamo, names, settings.Timeout),
            new ClientsTable(dynamo, names, settings.Timeout),
            clock,
            settings.ConfigurationKept);
        var pacing = MachinePacing.Over(clock);
        var shards = new ShardMemory();
        var prices = new CachedPriceBook(
            PriceBook.Default, new PriceOverridesTable(dynamo, names.Prices).ReadAllAsync, clock);
        return new Ports(
            configuration.GetAsync,
            prices.ReadAsync,
            async (plan, deadline, stop) =>
            {
                var roundTrips = 0;
                var reservation = new Reservation(accounts, ledger, pacing, count => roundTrips = count, shards);
                return (await reservation.ReserveAsync(plan, deadline, stop), roundTrips);
            });
    }
}
