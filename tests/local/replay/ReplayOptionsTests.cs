using AiGateway.Domain;
using AiGateway.Local.Replay;

namespace AiGateway.Local.Tests.Replay;

public static class ReplayOptionsTests
{
    [Fact]
    public static void Everything_can_be_said()
    {
        var parsed = ReplayOptions.Parse(["--log-only", "day", "--batch", "10000", "--json"]);

        var options = Assert.IsType<Outcome<ReplayOptions>.Ok>(parsed).Value;
        Assert.Equal(new ReplayOptions("day") { IsLogOnly = true, Batch = 10_000, IsJson = true }, options);
    }

    [Theory]
    [InlineData("day", "--batch")]
    [InlineData("day", "--batch", "0")]
    [InlineData("day", "--batch", "10001")]
    [InlineData("day", "--batch", "2.5")]
    [InlineData("day", "--batch", "many")]
    [InlineData("day", "night")]
    [InlineData("--logonly", "day")]
    public static void A_wrong_word_is_a_problem(params string[] args)
    {
        Assert.IsType<Outcome<ReplayOptions>.Failed>(ReplayOptions.Parse(args));
    }
}
