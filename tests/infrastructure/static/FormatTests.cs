using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Static;

public static class FormatTests
{
    [Fact]
    public static async Task Terraform_finds_nothing_to_format() =>
        (await Tool.RunAsync("terraform", ["fmt", "-check", "-recursive", "-no-color", "infrastructure"], Repository.Root))
            .OrFail("terraform fmt -check");

    [Fact]
    public static async Task Terraform_finds_the_configuration_valid()
    {
        using var terraform = await TerraformCopy.MakeAsync(forEmulator: false);
        (await terraform.RunAsync(null, "validate", "-no-color")).OrFail("terraform validate");
    }

    /// <summary>infrastructure/tests/toggles.tftest.hcl; those of the settings are run by <see cref="SettingsTests"/>.</summary>
    [Fact]
    public static async Task Terraforms_own_tests_pass()
    {
        using var terraform = await TerraformCopy.MakeAsync(forEmulator: false);
        var result = (await terraform.RunAsync(null, "test", "-no-color", "-filter=tests/toggles.tftest.hcl")).OrFail("terraform test");

        Assert.Matches("Success! [0-9]+ passed, 0 failed", result.Output);
    }
}
