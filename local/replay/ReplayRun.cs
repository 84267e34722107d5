using AiGateway.Domain.Ledger;
using AiGateway.Local.Stack;

namespace AiGateway.Local.Replay;

/// <summary>
/// Replays a recording: every question before the line that it led to, lines in batches, in the recorded order. A request's line follows
/// the last question about it.
/// </summary>
internal sealed class ReplayRun(Recording recording, ReplayOptions options, LocalStack stack, ReplayScreen screen) : IDisposable
{
    private readonly GatewayStandIn _gateway = new(stack.Url);
    private readonly LogDelivery _delivery = new(stack.Functions);
    private readonly Balances _balances = new(stack.Tables);
    private readonly List<RecordedLine> _waiting = [];
    private readonly HashSet<string> _requestIds = [];
    private LineCounts _counts = LineCounts.None;

    /// <summary>Lines in batches that the function failed on three times: they are with the failure destination.</summary>
    public int Undelivered { get; private set; }

    public LineCounts Counts => _counts;

    public async Task<ReplayReport> RunAsync(CancellationToken stop)
    {
        var lastCall = LastCalls();
        var asked = 0;
        foreach (var line in recording.Lines)
        {
            if (line.RequestId is { } id && lastCall.TryGetValue(id, out var last))
            {
                asked = await AskAsync(asked, last, stop);
            }

            _waiting.Add(line);
            if (_waiting.Count >= options.Batch)
            {
                await DeliverAsync(stop);
            }
        }

        await AskAsync(asked, recording.Calls.Count - 1, stop);
        await DeliverAsync(stop);
        return await ReportAsync(stop);
    }

    public void Dispose() => _gateway.Dispose();

    private Dictionary<string, int> LastCalls()
    {
        var last = new Dictionary<string, int>();
        for (var at = 0; at < recording.Calls.Count; at++)
        {
            if (recording.Calls[at].RequestId is { } id)
            {
                last[id] = at;
            }
        }

        return last;
    }

    /// <summary>Asks the questions from <paramref name="next"/> to <paramref name="last"/>.</summary>
    /// <returns>The next one that has not been asked.</returns>
    private async Task<int> AskAsync(int next, int last, CancellationToken stop)
    {
        for (; next <= last; next++)
        {
            if (await _gateway.AskAsync(recording.Calls[next], stop) is { } request)
            {
                _requestIds.Add(request.Key);
                screen.Decided(request);
            }
        }

        return next;
    }

    private async Task DeliverAsync(CancellationToken stop)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var lines = _waiting.Select(line => (line.LineNumber, Text: _gateway.LineFor(line))).ToList();
        var ids = _waiting.Select(line => line.RequestId).OfType<string>().ToList();
        var (counts, failure) = await _delivery.DeliverAsync(lines);
        if (failure is not null)
        {
            Undelivered += lines.Count;
            screen.Undelivered(lines[0].LineNumber, lines[^1].LineNumber, failure);
        }

        if (counts.Bad > 0)
        {
            screen.Bad(lines[0].LineNumber, lines[^1].LineNumber, counts);
        }

        _counts += counts;
        _requestIds.UnionWith(ids);
        _waiting.Clear();
        if (screen.ShowsRows)
        {
            screen.Booked(await _balances.EntriesAsync(ids, stop), await _balances.ReadAsync(stop), ids);
        }
    }

    private async Task<ReplayReport> ReportAsync(CancellationToken stop)
    {
        var balances = await _balances.ReadAsync(stop);
        var entries = await _balances.EntriesAsync(_requestIds, stop);
        var open = entries.Values
            .Where(entry => entry.State == EntryState.Held)
            .GroupBy(entry => entry.Team)
            .ToDictionary(team => team.Key, team => team.Count());
        var requests = _gateway.Requests.ToLookup(request => request.Team);
        var teams = balances.Keys.Concat(open.Keys).Concat(requests.Select(team => team.Key)).Distinct();
        return new ReplayReport(options.IsLogOnly, _counts, teams.ToDictionary(team => team, team => new TeamReport(
            requests[team].Count(request => !request.IsOver),
            requests[team].Count(request => request.IsOver),
            balances.GetValueOrDefault(team, Balance.Zero),
            open.GetValueOrDefault(team))));
    }
}
