using AiGateway.Aws;
using AiGateway.Engine;

namespace AiGateway.Local.Ledger;

/// <summary>The ledger's commands on open tables.</summary>
internal sealed class LedgerBooks(
    IAccountStore accounts, ILedgerStore ledger, IPostingStore postings, TextWriter output, TextWriter errors)
{
    private readonly Pacing pacing = MachinePacing.Over(TimeProvider.System);

    private Reconciliation Reconciliation => new(accounts, ledger, postings, pacing);

    public async Task<int> VerifyAsync(CancellationToken stop)
    {
        var report = await Reconciliation.VerifyAsync(stop);
        return await PrintAsync(report);
    }

    public async Task<int> RebuildAsync(CancellationToken stop)
    {
        var report = await Reconciliation.RebuildAsync(stop);
        await PrintAsync(report);
        await errors.WriteLineAsync($"ledger: {report.Corrected} totals corrected");
        var isLeft = report.Differences.Any(difference => difference.Kind == DifferenceKind.Busy)
            || report.Differences.Any(difference => difference.Kind == DifferenceKind.HoldsMissing);
        return isLeft ? ExitCode.BadInput : ExitCode.Done;
    }

    public async Task<int> ResolveAsync(string requestId, Resolution resolution, CancellationToken stop)
    {
        var settler = new Settler(ledger, postings, pacing, () => Guid.CreateVersion7().ToString("N"));
        var report = await settler.SettleAsync([resolution.For(requestId, pacing.Now)], stop);
        switch (report.Outcomes[0])
        {
            case SettlementOutcome.Booked(_, var entry):
                var cost = entry.Result?.Cost?.ToString() ?? "0";
                await output.WriteLineAsync($"{entry.RequestId}\t{entry.State.ToString().ToLowerInvariant()}\t{cost}");
                return ExitCode.Done;
            case SettlementOutcome.Rejected(_, var reason):
                await errors.WriteLineAsync(reason);
                return ExitCode.BadInput;
            default:
                await errors.WriteLineAsync("It has been resolved already.");
                return ExitCode.BadInput;
        }
    }

    private async Task<int> PrintAsync(ReconciliationReport report)
    {
        if (report.Differences.Count > 0)
        {
            await output.WriteLineAsync(LedgerText.Heading);
        }

        foreach (var difference in report.Differences)
        {
            await output.WriteLineAsync(LedgerText.Line(difference));
        }

        var wrong = report.Differences.Count(difference => difference.IsError);
        await errors.WriteLineAsync(
            $"ledger: {report.Entries} entries, {report.Accounts} accounts, {wrong} wrong, "
            + $"{report.Differences.Count - wrong} that pass by themselves");
        return wrong == 0 ? ExitCode.Done : ExitCode.BadInput;
    }
}
