using static AiGateway.Domain.Gateway.Presence;

namespace AiGateway.Domain.Gateway;

/// <summary>
/// The headers that the gateway computes for the budget decision: all that it is made from. A computed header
/// overwrites a client's header of the same name. Seen on the real gateway (<c>recorded/cases.jsonl</c>).
/// </summary>
public static class WebhookHeaders
{
    /// <summary>All of ours start so, and nothing else does.</summary>
    public const string Prefix = "x-budget-";

    public const string RequestId = "x-budget-request-id";
    public const string Subject = "x-budget-subject";
    public const string ClientId = "x-budget-client-id";
    public const string Team = "x-budget-team";
    public const string CostCenter = "x-budget-cost-center";
    public const string Tier = "x-budget-tier";
    public const string Groups = "x-budget-groups";
    public const string Project = "x-budget-project";
    public const string Provider = "x-budget-provider";
    public const string Model = "x-budget-model";
    public const string MaxTokens = "x-budget-max-tokens";
    public const string Choices = "x-budget-choices";
    public const string Stream = "x-budget-stream";
    public const string Size = "x-budget-size";
    public const string External = "x-budget-external";
    public const string ServiceTier = "x-budget-service-tier";
    public const string Path = "x-budget-path";
    public const string Attempt = "x-budget-attempt";

    /// <summary>On <c>POST /v1/decision</c>, the guardrail webhook.</summary>
    public static IReadOnlyList<GatewayField> OnDecision { get; } =
    [
        new(RequestId, Always, "Made by the gateway for each request, the same on every attempt; the ledger's key."),
        new(Subject, Always, "The token's sub."),
        new(ClientId, Always, "The token's client_id."),
        new(Team, WhereKnown, "The token's custom:team."),
        new(CostCenter, WhereKnown, "The token's custom:cost_center."),
        new(Tier, WhereKnown, "The token's custom:tenant_tier."),
        new(Groups, WhereKnown, "The token's cognito:groups, joined by commas, bounded."),
        new(Project, WhereKnown, "The client's x-project header: a label of the caller's choice."),
        new(Provider, WhereKnown, "This attempt's provider by the gateway's name; absent on the route's own guard."),
        new(Model, Always, "The model of this attempt, after aliases and overrides; the caller's text."),
        new(MaxTokens, Always, "Output bound as sent upstream, in tokens; 0 says that there is none."),
        new(Choices, WhereKnown, "Answers asked for; absent means 1."),
        new(Stream, Always, "true or false."),
        new(Size, Always, "Bytes of the request as sent upstream, tools and images included."),
        new(External, Always, "true: the provider reads what is not in those bytes (images, files, hosted tools)."),
        new(ServiceTier, WhereKnown, "The provider's service tier, as the client asked for it."),
        new(Path, Always, "The path the client called, which tells the style of its error documents."),
        new(Attempt, Always, "The gateway's attempt number; a client can forge it: it decides nothing."),
    ];

    /// <summary>On <c>POST /v1/authorize</c>, external authorization, whose JSON body has model and size.</summary>
    public static IReadOnlyList<GatewayField> OnAuthorize { get; } =
    [
        .. OnDecision.Where(field => field.Name is RequestId or Subject or ClientId or Team or CostCenter or Tier
            or Groups or Project or Path),
        new(Provider, Always, "The route's provider by the gateway's name."),
    ];
}
