using Sweep.Decode;

namespace Sweep.Tests.Decode;

public static class EventReaderTests
{
    [Fact]
    public static void Reads_the_two_actions_and_the_plain_event_of_a_rule()
    {
        Assert.Equal(SweepAction.Sweep, EventReader.Read(new ScheduleEvent("sweep")));
        Assert.Equal(SweepAction.Verify, EventReader.Read(new ScheduleEvent("verify")));
        Assert.Equal(
            SweepAction.Sweep, EventReader.Read(new ScheduleEvent(null, "aws.events", "Scheduled Event")));
    }

    [Theory]
    [InlineData("Sweep", null, null, "unknown_action")]
    [InlineData("rebuild", null, null, "unknown_action")]
    [InlineData("", null, null, "unknown_action")]
    [InlineData("sweep ", "aws.events", "Scheduled Event", "unknown_action")]
    [InlineData(null, null, null, "no_action")]
    [InlineData(null, "aws.events", "EC2 Instance State-change Notification", "no_action")]
    [InlineData(null, "mine", "Scheduled Event", "no_action")]
    public static void Refuses_what_it_does_not_understand_and_guesses_nothing(
        string? action, string? source, string? detailType, string reason)
    {
        var refused = Assert.Throws<BadEventException>(
            () => EventReader.Read(new ScheduleEvent(action, source, detailType)));

        Assert.Equal(reason, refused.Reason);
    }

    [Fact]
    public static void A_missing_event_is_refused_and_a_long_action_is_not_repeated()
    {
        Assert.Equal("no_action", Assert.Throws<BadEventException>(() => EventReader.Read(null)).Reason);
        var refused = Assert.Throws<BadEventException>(() => EventReader.Read(new ScheduleEvent(new string('x', 5_000))));

        Assert.True(refused.Message.Length < 200, refused.Message);
    }
}
