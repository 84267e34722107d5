using System.Diagnostics;
using AiGateway.Aws;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using AiGateway.Lambda.Identity;
using AiGateway.TimeZones;
using CostAttribution.Book;

namespace CostAttribution;

/// <summary>The ports on DynamoDB and on the load balancer's keys, composed once for the process.</summary>
internal static class DynamoPorts
{
    public static Ports Create(Settings settings, TimeProvider clock)
    {
        var store = settings.Store;
        var dynamo = DynamoClient.Create(new DynamoSettings(store.Region, store.Endpoint, store.Timeout));
        return Over(dynamo, settings, clock);
    }

    /// <summary>Over any client: tests watch its calls.</summary>
    public static Ports Over(DynamoClient dynamo, Settings settings, TimeProvider clock)
    {
        var names = new TableNames(settings.Store.TablePrefix);
        var timeout = settings.Store.Timeout;
        var configuration = new BudgetConfiguration(
            new BudgetsTable(dynamo, names, timeout, IanaZones.IsKnown),
            new TeamsTable(dynamo, names, timeout),
            new ClientsTable(dynamo, names, timeout),
            clock,
            settings.Store.ConfigurationKept);
        var prices = new CachedPriceBook(
            PriceBook.Default, new PriceOverridesTable(dynamo, names.Prices).ReadAllAsync, clock);
        var settler = new Settler(
            new LedgerTable(dynamo, names, timeout),
            new PostingsTable(dynamo, names, timeout),
            MachinePacing.Over(clock),
            () => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
        return new Ports(
            stop => ReadAsync(configuration, prices, stop),
            settler.SettleAsync,
            ((IAccountStore)new AccountsTable(dynamo, names, timeout)).ReadAsync,
            new AlertsTable(dynamo, names, timeout).RaiseAsync,
            FetchKey(settings.Oidc));
    }

    private static async Task<StoreResult<BookingConfiguration>> ReadAsync(
        BudgetConfiguration configuration, CachedPriceBook prices, CancellationToken stop)
    {
        return await configuration.GetAsync(stop) switch
        {
            StoreResult<Configuration>.Done(var known) => await WithPricesAsync(known, prices, stop),
            StoreResult<Configuration>.Failed(var fault, var detail) =>
                new StoreResult<BookingConfiguration>.Failed(fault, detail),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<StoreResult<BookingConfiguration>> WithPricesAsync(
        Configuration known, CachedPriceBook prices, CancellationToken stop) => await prices.ReadAsync(stop) switch
        {
            StoreResult<PriceBook>.Done(var book) => new StoreResult<BookingConfiguration>.Done(
                new BookingConfiguration(known.Directory, known.Budgets, book)),
            StoreResult<PriceBook>.Failed(var fault, var detail) => new StoreResult<BookingConfiguration>.Failed(fault, detail),
            _ => throw new UnreachableException(),
        };

    private static FetchOidcKey FetchKey(OidcSettings? oidc)
    {
        if (oidc is null)
        {
            return (_, _) => throw new UnreachableException("Without trust no key is asked for.");
        }

        // Kept for the process's life, as Lambda's guidance has it; a redirect could lead anywhere.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        return new AlbPublicKeys(http, oidc.Keys).FetchAsync;
    }
}
