using System.Text.Json.Nodes;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>Providers' keys are put in by operators; Terraform makes the place for them and leaves what stands there (T66).</summary>
[Collection(AppliedCollection.Name)]
public sealed class SecretTests(AppliedInfrastructure applied)
{
    [Fact]
    public void A_key_that_an_operator_put_in_is_never_overwritten()
    {
        var planned = applied.SecondPlan["resource_changes"]!.AsArray()
            .Where(change => (string)change!["type"]! == "aws_secretsmanager_secret_version").ToList();

        Assert.Equal(applied.OfType("aws_secretsmanager_secret").Count(), planned.Count);
        Assert.All(planned, change => Assert.Equal("no-op", (string?)Assert.Single(change!["change"]!["actions"]!.AsArray())));
    }

    [Fact]
    public void Nothing_but_the_placeholder_is_in_the_state() =>
        Assert.All(
            applied.OfType("aws_secretsmanager_secret_version"),
            version => Assert.Equal("not-set", (string?)version["values"]!["secret_string"]));

    [Fact]
    public void The_containers_take_keys_from_the_secrets_and_not_from_their_settings()
    {
        var gateway = applied.Container("agentgateway");
        var secrets = applied.OfType("aws_secretsmanager_secret").Select(secret => (string)secret["values"]!["arn"]!).Order();

        Assert.Equal(secrets, gateway["secrets"]!.AsArray().Select(secret => (string)secret!["valueFrom"]!).Order());
        Assert.Equal(["AWS_REGION"], gateway["environment"]!.AsArray().Select(variable => (string)variable!["name"]!));
    }
}
