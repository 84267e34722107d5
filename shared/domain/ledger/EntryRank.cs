namespace AiGateway.Domain.Ledger;

/// <summary>
/// Which state may replace which: <c>held</c> &lt; <c>void</c>, <c>not_sent</c> &lt; <c>expired</c> &lt;
/// <c>estimated</c> &lt; <c>measured</c>.
/// </summary>
public static class EntryRank
{
    public static int Of(EntryState state) => state switch
    {
        EntryState.Held => 0,
        EntryState.Void or EntryState.NotSent => 1,
        EntryState.Expired => 2,
        EntryState.Estimated => 3,
        EntryState.Measured => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without a rank."),
    };

    /// <summary>
    /// The rank rises. Two exceptions: only what is held expires (the others wait for nothing), and a late line that
    /// says that nothing was sent takes an
    /// expired charge back.
    /// </summary>
    public static bool MayReplace(EntryState current, EntryState next) => (current, next) switch
    {
        (_, EntryState.Expired) => current == EntryState.Held,
        (EntryState.Expired, EntryState.NotSent) => true,
        _ => Of(next) > Of(current),
    };
}
