using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Tests.Budgets;

/// <summary>A scope's text is a stored key: one way to write each, and nothing else is one.</summary>
public static class ScopeTests
{
    [Theory]
    [InlineData("org", false)]
    [InlineData("team#a", true)]
    [InlineData("team#unattributed", true)]
    [InlineData("user#team", false)]
    [InlineData("client#c", false)]
    [InlineData("model#m", false)]
    [InlineData("project#p", false)]
    [InlineData("team#a#user#b", false)]
    [InlineData("team#a#model#m", false)]
    public static void The_stored_forms_are_read(string text, bool isTeam)
    {
        var scope = Assert.IsType<Outcome<Scope>.Ok>(Scope.Parse(text)).Value;

        Assert.Equal((text, isTeam), (scope.Value, scope.IsTeam));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Org")]
    [InlineData("team")]
    [InlineData("team#")]
    [InlineData("group#a")]
    [InlineData("#a")]
    [InlineData("team#a#user")]
    [InlineData("team#a#client#b")]
    [InlineData("user#a#user#b")]
    [InlineData("user#a#model#b")]
    [InlineData("team##user#b")]
    [InlineData("team##model#b")]
    [InlineData("team#a#user#")]
    [InlineData("team#a#model#")]
    [InlineData("team#a##b")]
    [InlineData("##a#b")]
    [InlineData("team#a#user#b#c")]
    [InlineData("team# a")]
    public static void Anything_else_is_refused_with_the_forms(string? text) => Assert.Equal(
        new Problem("bad_scope", "A scope is org, team#T, user#U, team#T#user#U, client#C, model#M, team#T#model#M or project#P."),
        Assert.IsType<Outcome<Scope>.Failed>(Scope.Parse(text)).Problem);

    [Fact]
    public static void The_scopes_of_everybody_and_of_nobody_have_fixed_names() =>
        Assert.Equal(["org", "team#unattributed"], [Scope.Org.Value, Scope.Unattributed.Value]);

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    public static void A_name_has_up_to_256_characters(int length) =>
        Assert.IsType<Outcome<ScopePart>.Ok>(ScopePart.Parse(new string('n', length)));

    [Theory]
    [InlineData(null, "A name has 1 to 256 characters.")]
    [InlineData("", "A name has 1 to 256 characters.")]
    [InlineData(" a", Unfit)]
    [InlineData("a ", Unfit)]
    [InlineData("a#b", Unfit)]
    [InlineData("a\tb", Unfit)]
    [InlineData("a\ud800", Unfit)]
    public static void A_name_that_no_key_can_hold_is_refused(string? name, string message) =>
        Assert.Equal(new Problem("bad_name", message), Assert.IsType<Outcome<ScopePart>.Failed>(ScopePart.Parse(name)).Problem);

    [Fact]
    public static void A_longer_name_is_refused() =>
        Assert.IsType<Outcome<ScopePart>.Failed>(ScopePart.Parse(new string('n', 257)));

    private const string Unfit = "A name has no '#', no control characters and no space at either end.";
}
