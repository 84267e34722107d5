using AiGateway.Domain.Gateway;

namespace AiGateway.Domain.Identity;

/// <summary>
/// What the gateway hands on about who asks: the verified claims, and the client's own project label. The webhook's
/// headers and the
/// access log's fields read to the same value, so that both functions resolve a request to the same scopes (T25).
/// </summary>
/// <param name="Subject">The token's <c>sub</c>: a person, or the client itself.</param>
/// <param name="ClientId">The token's <c>client_id</c>.</param>
/// <param name="Team">The token's <c>custom:team</c>.</param>
/// <param name="CostCenter">The token's <c>custom:cost_center</c>.</param>
/// <param name="Tier">The token's <c>custom:tenant_tier</c>.</param>
/// <param name="Groups">The token's <c>cognito:groups</c>; at most <see cref="GroupsMax"/>.</param>
/// <param name="Project">The client's own text: a label.</param>
public sealed record CallerClaims(
    string? Subject,
    string? ClientId,
    string? Team,
    string? CostCenter,
    string? Tier,
    IReadOnlyList<string> Groups,
    string? Project)
{
    /// <summary>A person may be in hundreds of groups (T105); no more than these are read.</summary>
    public const int GroupsMax = 64;

    /// <summary>Of a caller about whom nothing is known.</summary>
    public static CallerClaims None { get; } = new(null, null, null, null, null, [], null);

    /// <summary>From the webhook's headers, names in lower case. Groups are one header, joined by commas.</summary>
    public static CallerClaims FromHeaders(Func<string, string?> header) => new(
        Clean(header(WebhookHeaders.Subject)),
        Clean(header(WebhookHeaders.ClientId)),
        Clean(header(WebhookHeaders.Team)),
        Clean(header(WebhookHeaders.CostCenter)),
        Clean(header(WebhookHeaders.Tier)),
        Split(header(WebhookHeaders.Groups)),
        Clean(header(WebhookHeaders.Project)));

    /// <summary>From an access line's flat fields. Groups are a list there.</summary>
    public static CallerClaims FromLogFields(Func<string, string?> field, IEnumerable<string> groups) => new(
        Clean(field(LogFields.Subject)),
        Clean(field(LogFields.ClientId)),
        Clean(field(LogFields.Team)),
        Clean(field(LogFields.CostCenter)),
        Clean(field(LogFields.TenantTier)),
        Split(string.Join(',', groups)),
        Clean(field(LogFields.Project)));

    // HTTP strips blanks around a header's value and JSON does not: without this the two forms of one claim would
    // differ.
    internal static string? Clean(string? text) => text?.Trim(' ', '\t') is { Length: > 0 } clean ? clean : null;

    private static string[] Split(string? joined) => string.IsNullOrEmpty(joined)
        ? []
        : [.. joined.Split(',').Select(Clean).OfType<string>().Take(GroupsMax)];
}
