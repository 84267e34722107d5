namespace AiGateway.Aws;

/// <summary>
/// The full names of the tables: the deployment's prefix and the short name. There is no default (T72).
/// </summary>
/// <param name="Prefix">From the settings, such as <c>aigateway-dev-</c>.</param>
public sealed record TableNames(string Prefix)
{
    public string Budgets => Of(TableDefinitions.Budgets);

    public string Accounts => Of(TableDefinitions.Accounts);

    public string Ledger => Of(TableDefinitions.Ledger);

    public string Postings => Of(TableDefinitions.Postings);

    public string Alerts => Of(TableDefinitions.Alerts);

    public string Prices => Of(TableDefinitions.Prices);

    public string Teams => Of(TableDefinitions.Teams);

    public string Clients => Of(TableDefinitions.Clients);

    public string Routes => Of(TableDefinitions.Routes);

    public string Audit => Of(TableDefinitions.Audit);

    public string Of(TableDefinition table) => Prefix + table.Name;
}
