using System.Text.Json.Nodes;
using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>What stands between a client and the gateway: TLS, the token's check, and a firewall that lets prompts through.</summary>
[Collection(AppliedCollection.Name)]
public sealed class EdgeTests(AppliedInfrastructure applied)
{
    /// <summary>
    /// The rules of the managed groups that read a request's body. The groups' names and rules are on AWS's pages "Baseline rule groups",
    /// "Use-case specific rule groups" and "IP reputation rule groups" of the WAF developer guide; the reputation list reads addresses only.
    /// </summary>
    private static readonly Dictionary<string, string[]> s_bodyRules = new()
    {
        ["AWSManagedRulesCommonRuleSet"] =
            ["CrossSiteScripting_BODY", "EC2MetaDataSSRF_BODY", "GenericLFI_BODY", "GenericRFI_BODY", "SizeRestrictions_BODY"],
        ["AWSManagedRulesKnownBadInputsRuleSet"] = ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"],
        ["AWSManagedRulesSQLiRuleSet"] = ["SQLiExtendedPatterns_BODY", "SQLi_BODY"],
        ["AWSManagedRulesAmazonIpReputationList"] = [],
    };

    /// <summary>A prompt is over 8 KB, holds markup, SQL and paths: no rule that reads it may block (T73).</summary>
    [Fact]
    public void Rules_that_read_the_body_only_count()
    {
        var groups = Assert.Single(applied.OfType("aws_wafv2_web_acl"))["values"]!["rule"]!.AsArray()
            .Select(rule => rule!["statement"]![0]!["managed_rule_group_statement"]![0]!)
            .ToDictionary(group => (string)group["name"]!, Counted);

        Assert.Equal(s_bodyRules.Keys.Order(), groups.Keys.Order());
        Assert.All(s_bodyRules, expected => Assert.Equal(expected.Value, groups[expected.Key]));
    }

    [Fact]
    public void The_plain_port_only_redirects()
    {
        var plain = Assert.Single(applied.OfType("aws_lb_listener"), one => (int)one["values"]!["port"]! == 80)["values"]!;
        var action = Assert.Single(plain["default_action"]!.AsArray())!;

        Assert.Equal("redirect", (string?)action["type"]);
        Assert.Equal("HTTPS", (string?)action["redirect"]![0]!["protocol"]);
    }

    /// <summary>The listener itself can't be applied by the provider that is installed: it is read as it is written (T22, T23).</summary>
    [Fact]
    public async Task The_token_is_checked_behind_tls_for_its_use_and_its_scope()
    {
        var file = Repository.PathOf("infrastructure/modules/auth/https_listener.tf");
        var listener = (await HclFiles.ReadAsync([file])).Single().Value["resource"]!["aws_lb_listener"]!["https"]![0]!;
        var check = listener["dynamic"]!["default_action"]![0]!;
        var actions = check["content"]!.AsArray().Concat(listener["default_action"]!.AsArray()).ToList();
        var claims = actions[0]!["jwt_validation"]![0]!["additional_claim"]!.AsArray()
            .ToDictionary(claim => (string)claim!["name"]!, claim => (string)claim!["format"]!);

        Assert.Equal("${var.verify_tokens ? [1] : []}", (string?)check["for_each"]);
        Assert.Equal(["jwt-validation", "forward"], actions.Select(action => (string)action!["type"]!));
        Assert.Contains("TLS13", (string?)listener["ssl_policy"]);
        Assert.Equal("single-string", claims["token_use"]);
        Assert.Equal("space-separated-values", claims["scope"]);
    }

    private static IEnumerable<string> Counted(JsonNode group) => group["rule_action_override"]!.AsArray()
        .Where(rule => rule!["action_to_use"]![0]!["count"]!.AsArray().Count == 1)
        .Select(rule => (string)rule!["name"]!)
        .Order(StringComparer.Ordinal);
}
