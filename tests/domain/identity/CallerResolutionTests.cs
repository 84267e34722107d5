using AiGateway.Domain.Gateway;
using AiGateway.Domain.Identity;

namespace AiGateway.Domain.Tests.Identity;

/// <summary>One table for both forms: headers of the decision, fields of the log line (T25).</summary>
public static class CallerResolutionTests
{
    private const string ClientId = "3n4b5urk1ft4fl3mg5e62d9ado";

    private static readonly CallerDirectory Registered = new(
        new Dictionary<string, ClientRegistration>
        {
            ["known"] = new("known", "payments", "cc-1", Denied: false),
            ["odd"] = new("odd", "a#b", null, Denied: false),
            ["teamless"] = new("teamless", null, null, Denied: false),
            ["revoked"] = new("revoked", "payments", null, Denied: true),
        },
        new Dictionary<string, TeamRegistration>
        {
            ["payments"] = new("payments", "high", "cc-2", ["apollo"]),
            ["untiered"] = new("untiered", null, null, []),
        });

    public static TheoryData<string?, string?, string, TeamSource, string> Teams => new()
    {
        // team claim, client id, team, source, flags
        { "payments", ClientId, "payments", TeamSource.Claim, "" },
        { "  payments\t", ClientId, "payments", TeamSource.Claim, "" },
        { "Payments", ClientId, "Payments", TeamSource.Claim, "" },
        { "größe \U0001F4B0", ClientId, "größe \U0001F4B0", TeamSource.Claim, "" },
        { null, "known", "payments", TeamSource.Client, "team_by_client" },
        { "", "known", "payments", TeamSource.Client, "team_by_client" },
        { "a#b", "known", "payments", TeamSource.Client, "team_claim_invalid,team_by_client" },
        { "a\nb", "known", "payments", TeamSource.Client, "team_claim_invalid,team_by_client" },
        { "unattributed", "known", "payments", TeamSource.Client, "team_claim_invalid,team_by_client" },
        { "EIGHT_KILOBYTES", "known", "payments", TeamSource.Client, "team_claim_invalid,team_by_client" },
        { "EIGHT_KILOBYTES", ClientId, "unattributed", TeamSource.None, "team_claim_invalid,unattributed" },
        { "a#b", ClientId, "unattributed", TeamSource.None, "team_claim_invalid,unattributed" },
        { "unattributed", null, "unattributed", TeamSource.None, "team_claim_invalid,unattributed" },
        { null, ClientId, "unattributed", TeamSource.None, "unattributed" },
        { null, null, "unattributed", TeamSource.None, "unattributed" },
        { null, "teamless", "unattributed", TeamSource.None, "unattributed" },
        { null, "odd", "unattributed", TeamSource.None, "client_team_invalid,unattributed" },
        { null, "EIGHT_KILOBYTES", "unattributed", TeamSource.None, "unattributed,client_id_invalid" },
        { "other", "revoked", "other", TeamSource.Claim, "client_denied" },
    };

    [Theory]
    [MemberData(nameof(Teams))]
    public static void A_team_is_the_claim_else_the_clients_else_unattributed_in_both_forms(
        string? team, string? client, string expected, TeamSource source, string flags)
    {
        foreach (var claims in BothForms(team: Long(team), client: Long(client)))
        {
            var caller = CallerResolution.Resolve(claims, Registered);

            Assert.Equal(expected, caller.Team);
            Assert.Equal($"team#{expected}", caller.TeamScope.Value);
            Assert.Contains(caller.TeamScope, caller.Scopes);
            Assert.Equal(source, caller.Source);
            Assert.Equal(source != TeamSource.None, caller.IsAttributed);
            Assert.Equal(flags, string.Join(',', caller.Flags));
        }
    }

    [Theory]
    [InlineData("payments", "standard", "high")]
    [InlineData("untiered", "standard", "standard")]
    [InlineData("unregistered", "standard", "standard")]
    [InlineData("unregistered", null, null)]
    [InlineData(null, "unlimited", null)]
    public static void A_tier_is_the_registered_one_else_the_claim_and_nobodys_without_a_team(
        string? team, string? claimed, string? expected)
    {
        foreach (var claims in BothForms(team: team, tier: claimed))
        {
            Assert.Equal(expected, CallerResolution.Resolve(claims, Registered).Tier);
        }
    }

    [Theory]
    [InlineData("payments", "apollo", "apollo", "")]
    [InlineData("payments", "gemini", null, "project_not_listed")]
    [InlineData("untiered", "apollo", null, "project_not_listed")]
    [InlineData("payments", null, null, "")]
    public static void A_project_counts_only_where_the_team_is_listed_for_it(
        string team, string? project, string? expected, string flags)
    {
        foreach (var claims in BothForms(team: team, project: project))
        {
            var caller = CallerResolution.Resolve(claims, Registered);

            Assert.Equal(expected, caller.Project?.Value);
            Assert.Equal(flags, string.Join(',', caller.Flags));
        }
    }

    [Theory]
    [InlineData("9f1c6a34", "portal", "9f1c6a34", "portal")]
    [InlineData("machine", "machine", null, "machine")]
    [InlineData(null, "portal", null, "portal")]
    [InlineData("9f1c6a34", null, "9f1c6a34", null)]
    [InlineData("a#b", "c#d", null, null)]
    public static void A_person_is_a_subject_that_is_not_its_client(
        string? subject, string? client, string? user, string? clientPart)
    {
        foreach (var claims in BothForms(team: "payments", client: client, subject: subject))
        {
            var caller = CallerResolution.Resolve(claims, Registered);

            Assert.Equal(user, caller.User?.Value);
            Assert.Equal(clientPart, caller.Client?.Value);
        }
    }

    [Fact]
    public static void A_revoked_client_is_denied_whatever_its_token_says()
    {
        foreach (var claims in BothForms(team: "other", client: "revoked"))
        {
            Assert.True(CallerResolution.Resolve(claims, Registered).IsDenied);
        }
    }

    [Fact]
    public static void A_cost_center_is_the_claim_else_the_clients_else_the_teams()
    {
        Assert.Equal("cc-9", CostCenterOf("known", "payments", "cc-9"));
        Assert.Equal("cc-1", CostCenterOf("known", "payments", null));
        Assert.Equal("cc-2", CostCenterOf(ClientId, "payments", null));
        Assert.Null(CostCenterOf(ClientId, "unregistered", null));
    }

    [Fact]
    public static void No_more_than_64_groups_are_read_and_commas_part_them_in_both_forms()
    {
        var groups = Enumerable.Range(0, 300).Select(number => $"g{number}").ToList();

        foreach (var claims in BothForms(team: "payments", groups: [.. groups]))
        {
            Assert.Equal(groups.Take(CallerClaims.GroupsMax), claims.Groups);
        }

        foreach (var claims in BothForms(team: "payments", groups: ["a,b", " ", "c"]))
        {
            Assert.Equal(["a", "b", "c"], claims.Groups);
        }
    }

    private static string? CostCenterOf(string client, string team, string? costCenter)
    {
        var callers = BothForms(team: team, client: client, costCenter: costCenter)
            .Select(claims => CallerResolution.Resolve(claims, Registered).CostCenter)
            .Distinct();
        return Assert.Single(callers);
    }

    private static string? Long(string? text) => text == "EIGHT_KILOBYTES" ? new string('x', 8_192) : text;

    private static CallerClaims[] BothForms(
        string? team = null,
        string? client = null,
        string? subject = null,
        string? costCenter = null,
        string? tier = null,
        string? project = null,
        params string[] groups)
    {
        var headers = new Dictionary<string, string?>
        {
            [WebhookHeaders.Team] = team,
            [WebhookHeaders.ClientId] = client,
            [WebhookHeaders.Subject] = subject,
            [WebhookHeaders.CostCenter] = costCenter,
            [WebhookHeaders.Tier] = tier,
            [WebhookHeaders.Project] = project,
            [WebhookHeaders.Groups] = groups.Length > 0 ? string.Join(',', groups) : null,
        };
        var fields = new Dictionary<string, string?>
        {
            [LogFields.Team] = team,
            [LogFields.ClientId] = client,
            [LogFields.Subject] = subject,
            [LogFields.CostCenter] = costCenter,
            [LogFields.TenantTier] = tier,
            [LogFields.Project] = project,
        };
        return
        [
            CallerClaims.FromHeaders(headers.GetValueOrDefault),
            CallerClaims.FromLogFields(fields.GetValueOrDefault, groups),
        ];
    }
}
