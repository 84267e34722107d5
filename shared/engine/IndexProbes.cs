namespace AiGateway.Engine;

/// <summary>
/// Measures how far the open index is behind with what is new. An entry that it does not show yet can't be seen to be
/// missing; a probe can: each sweep writes one for each shard, and looks which of them the index shows by now.
/// </summary>
internal sealed class IndexProbes(ILedgerStore ledger, Pacing pacing)
{
    private readonly SafeRetry retry = new(pacing);

    private DateTimeOffset sent;

    /// <summary>
    /// At most so much is the index behind, as far as the probes tell: zero where every shard shows this sweep's, else
    /// the age of what the shard shows that is furthest behind. Null: some shard shows none at all.
    /// </summary>
    public TimeSpan? Lag { get; private set; }

    public async Task SendAsync(CancellationToken stop)
    {
        sent = pacing.Now;
        for (var shard = 0; shard < OpenIndex.Shards; shard++)
        {
            var asked = shard;
            await retry.ReadAsync("index probe", () => ledger.PutProbeAsync(asked, sent, stop), stop);
        }
    }

    public async Task LookAsync(CancellationToken stop)
    {
        var now = pacing.Now;
        TimeSpan? most = TimeSpan.Zero;
        for (var shard = 0; shard < OpenIndex.Shards; shard++)
        {
            var asked = shard;
            var shown = await retry.ReadAsync("index probe", () => ledger.QueryProbeAsync(asked, stop), stop);
            var lag = shown >= sent ? TimeSpan.Zero : now - shown;
            most = most is { } known && lag is { } own ? (own > known ? own : known) : null;
        }

        Lag = most;
    }
}
