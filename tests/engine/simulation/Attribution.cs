namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// Collects lines into batches and books them; a batch that fails is delivered again, whole or in pieces.
/// </summary>
internal sealed class Attribution(World world, Action<string> violated)
{
    private const int TriesMax = 60;
    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromMinutes(2);

    private readonly List<SettlementRequest> waiting = [];

    public void Receive(SettlementRequest line)
    {
        waiting.Add(line);
        if (waiting.Count == 1)
        {
            world.Time.After(world.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(40)), BookWaiting);
        }
    }

    private void BookWaiting()
    {
        SettlementRequest[] batch = [.. waiting];
        waiting.Clear();
        _ = BookAsync(batch, 1);
    }

    private async Task BookAsync(SettlementRequest[] batch, int tries)
    {
        if (await IsBookedAsync(batch))
        {
            return;
        }

        if (tries == TriesMax)
        {
            violated($"A batch was not booked in {TriesMax} deliveries.");
            return;
        }

        await world.Time.DelayAsync(TimeSpan.FromSeconds(30));
        var cut = world.Roll(3) == 0 ? world.Roll(batch.Length) : 0;
        foreach (var piece in new[] { batch[..cut], batch[cut..] }.Where(piece => piece.Length > 0))
        {
            _ = BookAsync(piece, tries + 1);
        }
    }

    private async Task<bool> IsBookedAsync(SettlementRequest[] batch)
    {
        var process = new Process(Role.Attribution);
        var stores = world.StoresOf(process);
        var settler = new Settler(stores.Ledger, stores.Postings, world.PacingOf(process), world.NewPostingId);
        try
        {
            var booking = settler.SettleAsync(batch, CancellationToken.None);
            await Task.WhenAny(booking, world.Time.DelayAsync(FunctionTimeout));
            if (!booking.IsCompleted)
            {
                process.Kill();
                return false;
            }

            var report = await booking;
            foreach (var rejected in report.Outcomes.OfType<SettlementOutcome.Rejected>())
            {
                violated($"{rejected.RequestId} was rejected: {rejected.Reason}");
            }

            return true;
        }
        catch (StoreFailedException)
        {
            return false;
        }
    }
}
