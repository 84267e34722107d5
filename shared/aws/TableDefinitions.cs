using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiGateway.Aws;

/// <summary>
/// Every table, defined once: the local stack and the tests create them from this, and Terraform is checked against it.
/// </summary>
public static class TableDefinitions
{
    public static readonly TableDefinition Budgets = Plain("budgets", "scope", "window");

    public static readonly TableDefinition Accounts = Plain("accounts", "scope", "period");

    /// <summary>
    /// The team index's key carries a shard and is written when a request ends, not when it is admitted: one busy team
    /// must not make an index
    /// partition hot (T37), and reserve must not wait for it.
    /// </summary>
    public static readonly TableDefinition Ledger = new(
        "ledger",
        Text("request_id"),
        null,
        [
            new IndexDefinition("open", Text("open"), Text("request_id"), []),
            new IndexDefinition(
                "by_team",
                Text("team_shard"),
                Text("created_at"),
                ["state", "team", "settled", "estimated", "result"]),
        ],
        "expires_at",
        Streamed: true);

    /// <summary>
    /// An applied posting is deleted in the transaction that applies it, so that what stands here is what is open.
    /// </summary>
    public static readonly TableDefinition Postings = Plain("postings", "account", "id");

    public static readonly TableDefinition Alerts = Plain("alerts", "scope_period", "threshold") with
    {
        Streamed = true,
    };

    public static readonly TableDefinition Prices = Plain("prices", "provider_model", "effective_from");

    public static readonly TableDefinition Teams = Plain("teams", "team");

    public static readonly TableDefinition Clients = Plain("clients", "client_id");

    public static readonly TableDefinition Routes = Plain("routes", "name");

    public static readonly TableDefinition Audit = Plain("audit", "id") with
    {
        TtlAttribute = "expires_at",
        Streamed = true,
    };

    public static IReadOnlyList<TableDefinition> All { get; } =
        [Budgets, Accounts, Ledger, Postings, Alerts, Prices, Teams, Clients, Routes, Audit];

    /// <summary>All of it as JSON, for the test that holds the Terraform plan against it.</summary>
    public static string ToJson() =>
        JsonSerializer.Serialize(All, TableDefinitionsJson.Default.IReadOnlyListTableDefinition);

    private static TableDefinition Plain(string name, string hash, string? range = null) =>
        new(name, Text(hash), range is null ? null : Text(range), [], null, Streamed: false);

    private static KeyAttribute Text(string name) => new(name, KeyType.S);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<TableDefinition>))]
internal sealed partial class TableDefinitionsJson : JsonSerializerContext;
