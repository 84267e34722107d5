using AiGateway.Domain.Gateway;
using AiGateway.Domain.Identity;

namespace AiGateway.Domain.Tests.Identity;

/// <summary>Which scopes a request counts on: one table, for the headers of the decision and the fields of the
/// line.</summary>
public static class CallerScopesTests
{
    private static readonly CallerDirectory Registered = CallerDirectory.Empty with
    {
        Teams = new Dictionary<string, TeamRegistration>
        {
            ["t"] = new("t", null, null, ["apollo", "a#b", "too long"]),
        },
    };

    public static TheoryData<string?, string?, string?, string?, string?, string, string> Scopes => new()
    {
        // team, subject, client, model, project, scopes, flags
        { "t", "u", "c", "m", "apollo", "org team#t user#u team#t#user#u client#c model#m team#t#model#m project#apollo", "" },
        { "t", null, null, null, null, "org team#t", "" },
        { "t", "c", "c", " m\t", null, "org team#t client#c model#m team#t#model#m", "" },
        { null, "u", null, "m", null,
            "org team#unattributed user#u team#unattributed#user#u model#m team#unattributed#model#m", "unattributed" },
        { "t", null, null, null, "zeus", "org team#t", "project_not_listed" },
        { "other", null, null, null, "apollo", "org team#other", "project_not_listed" },
        { "t", null, null, null, "a#b", "org team#t", "project_invalid" },
        { "t", "a#b", null, null, null, "org team#t", "subject_invalid" },
        { "t", null, "a#b", null, null, "org team#t", "client_id_invalid" },
        { "t", null, null, "a#b", null, "org team#t", "model_invalid" },
        { "t", null, null, "a\nb", null, "org team#t", "model_invalid" },
        { "t", null, null, "LONG", null, "org team#t", "model_invalid" },
        { "t", null, null, "arn:aws:bedrock:us-east-1:1:inference-profile/x.y-v1:0", null,
            "org team#t model#arn:aws:bedrock:us-east-1:1:inference-profile/x.y-v1:0 "
            + "team#t#model#arn:aws:bedrock:us-east-1:1:inference-profile/x.y-v1:0", "" },
        { "t", null, null, " ", null, "org team#t", "" },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public static void Both_sides_resolve_a_request_to_the_same_scopes(
        string? team, string? subject, string? client, string? model, string? project, string scopes, string flags)
    {
        var text = model == "LONG" ? new string('m', 257) : model;
        var headers = new Dictionary<string, string?>
        {
            [WebhookHeaders.Team] = team,
            [WebhookHeaders.Subject] = subject,
            [WebhookHeaders.ClientId] = client,
            [WebhookHeaders.Project] = project,
        };
        var fields = new Dictionary<string, string?>
        {
            [LogFields.Team] = team,
            [LogFields.Subject] = subject,
            [LogFields.ClientId] = client,
            [LogFields.Project] = project,
        };

        foreach (var claims in new[]
        {
            CallerClaims.FromHeaders(headers.GetValueOrDefault),
            CallerClaims.FromLogFields(fields.GetValueOrDefault, []),
        })
        {
            var caller = CallerResolution.Resolve(claims, Registered).Asking(text);

            Assert.Equal(scopes, string.Join(' ', caller.Scopes.Select(scope => scope.Value)));
            Assert.Equal(flags, string.Join(',', caller.Flags));
        }
    }

    [Fact]
    public static void Another_attempt_asks_for_its_own_model()
    {
        var caller = CallerResolution.Resolve(CallerClaims.None with { Team = "t" }, Registered);

        Assert.Equal(
            ["org", "team#t", "model#b", "team#t#model#b"],
            caller.Asking("a").Asking("b").Scopes.Select(scope => scope.Value));
    }
}
