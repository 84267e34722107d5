using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Settlement;
using AiGateway.Lambda;
using CostAttribution.Book;
using CostAttribution.Decode;

namespace CostAttribution.Telemetry;

/// <summary>
/// Every event and metric of this function, in one file. Ids, names and reasons, never a line, a prompt or a token.
/// Written
/// after the money: what fails here must not keep anything from being booked (T43).
/// </summary>
internal sealed class AttributionTelemetry(StructuredLog log, EmfMetrics metrics)
{
    public const string Function = "cost_attribution";

    public void ControlMessage() => log.Info("control_message").Write();

    public void PayloadRefused(BadPayloadException failure, string invocationId)
    {
        log.Error("payload_refused")
            .Field("reason", failure.Reason)
            .Field("invocation_id", invocationId)
            .Failure(failure)
            .Write();
        Failed("payload_refused");
    }

    /// <summary>The batch is delivered again: what was booked stands, and is booked once all the same.</summary>
    public void BatchFailed(Exception failure, string invocationId)
    {
        log.Error("batch_failed").Field("invocation_id", invocationId).Failure(failure).Write();
        Failed("batch_failed");
    }

    public void Done(LogPayload.Lines payload, BatchResult result, IReadOnlyList<ThresholdAlert> alerts, TimeSpan took)
    {
        foreach (var refused in result.Refused)
        {
            Refused(refused, payload);
        }

        foreach (var request in result.Settled.Where(request => request.IsNew))
        {
            Settled(request);
        }

        foreach (var alert in alerts)
        {
            Raised(alert);
        }

        Batch(result, took);
        Count(result, alerts.Count, took);
    }

    // Group, stream and event id lead back to the line itself, which stays where the gateway wrote it.
    private void Refused(RefusedLine refused, LogPayload.Lines payload) => log.Error("line_refused", refused.Key)
        .Field("reason", refused.Problem.Code)
        .Field("detail", refused.Problem.Message)
        .Field("event_id", refused.Event.Id)
        .Field("log_group", payload.Group)
        .Field("log_stream", payload.Stream)
        .Write();

    private void Settled(SettledRequest request)
    {
        var (entry, caller, _) = request;
        var result = entry.Result;
        if (result?.Reason is SettlementReasons.Unpriced or SettlementReasons.CompleteAssumedVersion
            or LineMeanings.NotMetered)
        {
            log.Warning("request_" + result.Reason, entry.RequestId)
                .Field("team", entry.Team)
                .Field("provider", result.Provider)
                .Field("model", result.Model)
                .Field("price", result.PriceSource)
                .Field("cost_usd", result.Cost ?? Usd.Zero)
                .Write();
        }

        if (result is not null && result.Overrun > Usd.Zero)
        {
            log.Warning("request_overrun", entry.RequestId)
                .Field("team", entry.Team)
                .Field("provider", result.Provider)
                .Field("model", result.Model)
                .Field("cost_usd", result.Cost ?? Usd.Zero)
                .Field("overrun_usd", result.Overrun)
                .Write();
        }

        if (caller.Flags.Count > 0)
        {
            log.Warning("caller_flagged", entry.RequestId)
                .Field("team", caller.Team)
                .Field("flags", string.Join(',', caller.Flags))
                .Write();
        }
    }

    private void Raised(ThresholdAlert alert) => log.Warning("alert_raised")
        .Field("scope", alert.Account.Scope.Value)
        .Field("period", alert.Account.Period)
        .Field("window", alert.Total.Window)
        .Field("dimension", alert.Total.Dimension.ToString())
        .Field("percent", alert.ThresholdPercent)
        .Write();

    private void Batch(BatchResult result, TimeSpan took)
    {
        var line = log.Info("batch_booked")
            .Field("lines", result.Lines)
            .Field("booked", result.Booked)
            .Field("duplicate", result.Duplicate)
            .Field("refused", result.Refused.Count)
            .Field("latency_ms", took);
        foreach (var (reason, count) in result.Ignored)
        {
            line = line.Field("ignored_" + reason, count);
        }

        line.Field("postings_left_open", result.LeftOpen.Count).Write();
    }

    private void Count(BatchResult result, int alerts, TimeSpan took)
    {
        var booked = result.Settled.Where(request => request.IsNew).Select(request => request.Entry).ToList();
        metrics.Line()
            .Dimension("function", Function)
            .Metric("LinesBooked", result.Booked, EmfUnit.Count)
            .Metric("LinesDuplicate", result.Duplicate, EmfUnit.Count)
            .Metric("LinesIgnored", result.Ignored.Values.Sum(), EmfUnit.Count)
            .Metric("LinesRefused", result.Refused.Count, EmfUnit.Count)
            .Metric("MeasuredUsd", Sum(booked, EntryState.Measured))
            .Metric("EstimatedUsd", Sum(booked, EntryState.Estimated))
            .Metric("UnpricedRequests", CountReason(booked, SettlementReasons.Unpriced), EmfUnit.Count)
            .Metric("UnmeteredRequests", CountReason(booked, LineMeanings.NotMetered), EmfUnit.Count)
            .Metric("Overruns", booked.Count(entry => entry.Result?.Overrun > Usd.Zero), EmfUnit.Count)
            .Metric("AlertsRaised", alerts, EmfUnit.Count)
            .Metric("PostingsLeftOpen", result.LeftOpen.Count, EmfUnit.Count)
            .Metric("BatchLatency", took)
            .Write();
    }

    private void Failed(string reason) => metrics.Line()
        .Dimension("function", Function)
        .Dimension("reason", reason)
        .Metric("Failures", 1, EmfUnit.Count)
        .Write();

    private static Usd Sum(List<LedgerEntry> entries, EntryState state) => entries
        .Where(entry => entry.State == state)
        .Aggregate(Usd.Zero, (sum, entry) => sum + (entry.Result?.Cost ?? Usd.Zero));

    private static int CountReason(List<LedgerEntry> entries, string reason) =>
        entries.Count(entry => entry.Result?.Reason == reason);
}
