using AiGateway.Domain.Decisions;

namespace AiGateway.Domain.Tests.Decisions;

public static class CallLabelTests
{
    [Theory]
    [InlineData("gpt-4o", "gpt-4o")]
    [InlineData("a\nb\u0000c", "a\uFFFDb\uFFFDc")]
    [InlineData("a~ b", "a~ b")]
    [InlineData("a\u007Fb", "a\uFFFDb")]
    [InlineData("größe", "größe")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public static void Text_becomes_one_well_formed_line(string? text, string? expected)
    {
        Assert.Equal(expected, CallLabel.Bounded(text));
    }

    [Fact]
    public static void Half_a_surrogate_pair_is_replaced()
    {
        // Not a theory row: an attribute's text is stored as UTF-8, which has no form for it.
        Assert.Equal("\uFFFDx", CallLabel.Bounded("\uD800x"));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(257)]
    public static void Plain_text_is_cut_at_256_characters(int length) =>
        Assert.Equal(new string('x', 256), CallLabel.Bounded(new string('x', length)));

    [Fact]
    public static void Text_is_cut_without_splitting_a_pair()
    {
        var label = CallLabel.Bounded(new string('x', 255) + "\U0001F4B0\U0001F4B0");

        Assert.Equal(new string('x', 255), label);
    }
}
