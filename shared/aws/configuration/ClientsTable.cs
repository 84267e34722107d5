using AiGateway.Domain.Identity;
using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>The registered machine clients, and which of them are denied (T26). Written by <c>admin_api</c>.</summary>
public sealed class ClientsTable(DynamoClient dynamo, TableNames names, TimeSpan timeout)
{
    private const string ClientIdName = "client_id";
    private const string TeamName = "team";
    private const string CostCenterName = "cost_center";
    private const string DeniedName = "denied";

    private readonly WholeTable clients = new(dynamo, names.Clients, timeout);

    public Task<StoreResult<IReadOnlyList<ClientRegistration>>> ReadAllAsync(CancellationToken stop) =>
        clients.ScanAsync(Read, stop);

    public Task<StoreResult<ClientRegistration>> PutAsync(ClientRegistration client, CancellationToken stop) =>
        clients.PutAsync(client, Write(client), stop);

    /// <summary>Done with whether there was one.</summary>
    public Task<StoreResult<bool>> DeleteAsync(string clientId, CancellationToken stop) =>
        clients.DeleteAsync(new ItemWriter().Text(ClientIdName, clientId).Item, stop);

    private static Dictionary<string, AttributeValue> Write(ClientRegistration client) => new ItemWriter()
        .Text(ClientIdName, client.ClientId)
        .Text(TeamName, client.Team)
        .Text(CostCenterName, client.CostCenter)
        .Flag(DeniedName, client.Denied)
        .Item;

    private static ClientRegistration Read(Dictionary<string, AttributeValue> stored)
    {
        var item = new ItemReader(stored);
        return new ClientRegistration(
            item.Text(ClientIdName),
            item.OptionalText(TeamName),
            item.OptionalText(CostCenterName),
            item.Flag(DeniedName));
    }
}
