using System.Globalization;
using AiGateway.Engine;
using AiGateway.Lambda;
using Sweep.Decode;

namespace Sweep.Telemetry;

/// <summary>
/// Every event and metric of this function, in one file. Accounts and sums, never who asked for what. Written after the
/// money.
/// </summary>
internal sealed class SweepTelemetry(StructuredLog log, EmfMetrics metrics)
{
    public const string Function = "sweep";

    /// <summary>Of one comparison: a table that drifted as a whole must not fill the log.</summary>
    public const int DifferencesLoggedMax = 200;

    /// <summary>Also of a sweep that left something to the next one: only one that finished is counted as completed.</summary>
    public void Swept(SweepReport report, TimeSpan took)
    {
        var isCompleted = report.LeftForNext is null;
        (isCompleted ? log.Info("sweep_completed") : log.Warning("sweep_left_work"))
            .Field("expired", report.Expired)
            .Field("released", report.Released)
            .Field("recalled", report.Recalled)
            .Field("index_lag_ms", report.IndexLag)
            .Field("left_for_next", report.LeftForNext)
            .Field("latency_ms", took)
            .Write();
        metrics.Line()
            .Dimension("function", Function)
            .Metric("SweepsCompleted", isCompleted ? 1 : 0, EmfUnit.Count)
            .Metric("EntriesExpired", report.Expired, EmfUnit.Count)
            .Metric("BucketsReleased", report.Released, EmfUnit.Count)
            .Metric("SharesRecalled", report.Recalled, EmfUnit.Count)
            .Metric("IndexLag", report.IndexLag)
            .Metric("SweepLatency", took)
            .Write();
    }

    /// <summary>Its time was over. What it did stands; the next one goes on. Loud only where it never completes.</summary>
    public void SweepStopped(TimeSpan took)
    {
        log.Warning("sweep_stopped_at_deadline").Field("latency_ms", took).Write();
        metrics.Line()
            .Dimension("function", Function)
            .Metric("SweepsCompleted", 0, EmfUnit.Count)
            .Metric("SweepLatency", took)
            .Write();
    }

    public void Verified(ReconciliationReport report, int wrong, TimeSpan took)
    {
        // What is wrong first, so that the bound cuts off what passes by itself.
        foreach (var difference in report.Differences
            .OrderByDescending(difference => difference.IsError)
            .Take(DifferencesLoggedMax))
        {
            Differs(difference);
        }

        (wrong == 0 ? log.Info("books_agree") : log.Error("books_differ"))
            .Field("entries", report.Entries)
            .Field("accounts", report.Accounts)
            .Field("wrong", wrong)
            .Field("passing", report.Differences.Count - wrong)
            .Field("not_logged", Math.Max(0, report.Differences.Count - DifferencesLoggedMax))
            .Field("latency_ms", took)
            .Write();
        metrics.Line()
            .Dimension("function", Function)
            .Metric("VerificationsCompleted", 1, EmfUnit.Count)
            .Metric("BookDifferences", wrong, EmfUnit.Count)
            .Metric("BookDifferencesPassing", report.Differences.Count - wrong, EmfUnit.Count)
            .Metric("VerificationLatency", took)
            .Write();
    }

    public void Failed(Exception failure, string invocationId)
    {
        var reason = ReasonOf(failure);
        log.Error("sweep_failed")
            .Field("reason", reason)
            .Field("invocation_id", invocationId)
            .Failure(failure)
            .Write();
        metrics.Line()
            .Dimension("function", Function)
            .Dimension("reason", reason)
            .Metric("Failures", 1, EmfUnit.Count)
            .Write();
        if (failure is IndexLagException behind)
        {
            metrics.Line()
                .Dimension("function", Function)
                .Metric("SweepsCompleted", 0, EmfUnit.Count)
                .Metric("IndexLag", behind.Lag)
                .Write();
        }
    }

    private static string ReasonOf(Exception failure) => failure switch
    {
        BadEventException bad => bad.Reason,
        IndexLagException => "index_lags",
        StoreFailedException { Fault: StoreFault.Denied } => "denied",
        StoreFailedException { Fault: StoreFault.Malformed } => "malformed",
        StoreFailedException => "store_unavailable",
        OperationCanceledException => "deadline",
        _ => "bug",
    };

    private void Differs(Difference difference)
    {
        var line = difference.IsError ? log.Error("account_differs") : log.Info("account_differs");
        line.Field("account", difference.Account.ToString())
            .Field("total", difference.Total is { } total ? $"{total.Window}.{total.Dimension}" : null)
            .Field("kind", difference.Kind.ToString())
            .Field("of_account", Amount(difference.OfAccount))
            .Field("of_ledger", Amount(difference.OfLedger))
            .Write();
    }

    // Dollars, tokens or requests: as text, because a reader of JSON numbers may make a binary float of it.
    private static string Amount(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);
}
