namespace Sweep.Decode;

/// <summary>What an invocation is for.</summary>
internal enum SweepAction
{
    /// <summary>Expire what no line has cleared, and finish open postings.</summary>
    Sweep,

    /// <summary>Hold the accounts against the ledger.</summary>
    Verify,
}

/// <summary>Reads the schedule's event. Nothing is guessed: what is not understood is refused.</summary>
internal static class EventReader
{
    private const int ShownCharactersMax = 40;

    /// <exception cref="BadEventException">It names no action of this function.</exception>
    public static SweepAction Read(ScheduleEvent? input) => input switch
    {
        { Action: "sweep" } => SweepAction.Sweep,
        { Action: "verify" } => SweepAction.Verify,
        { Action: null, Source: "aws.events", DetailType: "Scheduled Event" } => SweepAction.Sweep,
        { Action: { } other } => throw new BadEventException(
            "unknown_action", $"action is \"{Shown(other)}\" but must be sweep or verify."),
        _ => throw new BadEventException(
            "no_action", "The event has no action, and is no scheduled event of EventBridge."),
    };

    private static string Shown(string text) =>
        text.Length <= ShownCharactersMax ? text : text[..ShownCharactersMax] + "…";
}
