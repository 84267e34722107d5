using AiGateway.Aws;
using AiGateway.Engine;

namespace Sweep;

/// <summary>The ports on DynamoDB, composed once for the process.</summary>
internal static class DynamoPorts
{
    public static Ports Create(Settings settings, TimeProvider clock)
    {
        var store = settings.Store;
        var dynamo = DynamoClient.Create(new DynamoSettings(store.Region, store.Endpoint, store.Timeout));
        return Over(
            dynamo,
            settings,
            MachinePacing.Over(clock));
    }

    /// <summary>Over any client, and a pace of the test's own.</summary>
    public static Ports Over(DynamoClient dynamo, Settings settings, Pacing pacing)
    {
        var names = new TableNames(settings.Store.TablePrefix);
        var timeout = settings.Store.Timeout;
        var accounts = new AccountsTable(dynamo, names, timeout);
        var ledger = new LedgerTable(dynamo, names, timeout);
        var postings = new PostingsTable(dynamo, names, timeout);
        var settler = new Settler(
            ledger, postings, pacing, () => Guid.CreateVersion7(pacing.Now).ToString("N"));
        return new Ports(
            // A sweep for each invocation: what one saw of the index says nothing about the next.
            stop => new AiGateway.Engine.Sweep(accounts, ledger, postings, settler, pacing, settings.Options).RunAsync(stop),
            new Reconciliation(accounts, ledger, postings, pacing).VerifyAsync);
    }
}
