using AiGateway.Domain;
using AiGateway.Domain.Decisions;
using AiGateway.Lambda;
using BudgetEnforcement.Decide;
using BudgetEnforcement.Decode;

namespace BudgetEnforcement.Telemetry;

/// <summary>Every event and metric of this function, in one file. Ids and names, never a prompt, a key or a
/// token.</summary>
internal sealed class DecisionTelemetry(StructuredLog log, EmfMetrics metrics)
{
    public const string Function = "budget_enforcement";

    /// <summary>A decision was made.</summary>
    public void Decided(GatewayQuestion question, Verdict verdict, TimeSpan latency)
    {
        var line = log.Line(SeverityOf(verdict), "decision", question.RequestId)
            .Field("decision", DecisionOf(verdict))
            .Field("reason", verdict.Reason)
            .Field("form", FormOf(question.Form))
            .Field("team", verdict.Caller?.Team)
            .Field("client", CallLabel.Bounded(question.Claims.ClientId))
            .Field("tier", verdict.Tier)
            .Field("flags", verdict.Caller is { Flags.Count: > 0 } caller ? string.Join(',', caller.Flags) : null)
            .Field("provider", CallLabel.Bounded(question.Call.Provider))
            .Field("model", CallLabel.Bounded(question.Call.Model))
            .Field("path", CallLabel.Bounded(question.Path));
        if (verdict.Plan is { } plan)
        {
            line = line
                .Field("hold_usd", plan.Hold.Amount)
                .Field("bounds", plan.Hold.Explanation)
                .Field("attempt_id", plan.Attempt.Id);
        }

        line.Field("attempts", verdict.Attempts)
            .Field("round_trips", verdict.RoundTrips)
            .Field("holds_left", verdict.HoldsLeft)
            .Field("latency_ms", latency)
            .Field("degraded", verdict.IsDegraded)
            .Field("warnings", verdict.Warnings.Count > 0 ? string.Join(',', verdict.Warnings) : null)
            .Field("detail", CallLabel.Bounded(verdict.Detail))
            .Write();
        Count(verdict, latency);
    }

    /// <summary>What the gateway handed over can't be read: refused.</summary>
    public void Unreadable(FunctionUrlRequest request, string? requestId, Problem problem, Verdict verdict, TimeSpan latency)
    {
        log.Warning("decision", CallLabel.Bounded(requestId))
            .Field("decision", DecisionOf(verdict))
            .Field("reason", verdict.Reason)
            .Field("problem", problem.Code)
            .Field("detail", problem.Message)
            .Field("invocation_id", request.InvocationId)
            .Field("latency_ms", latency)
            .Write();
        Count(verdict, latency);
    }

    /// <summary>A path or method that is none of ours.</summary>
    public void NotFound(FunctionUrlRequest request) => log.Warning("not_found")
        .Field("method", CallLabel.Bounded(request.Method))
        .Field("path", CallLabel.Bounded(request.Path))
        .Write();

    /// <summary>A bug: it is thrown on, so that the gateway fails closed.</summary>
    public void Failed(string? requestId, Exception failure)
    {
        log.Error("failed", CallLabel.Bounded(requestId)).Failure(failure).Write();
        metrics.Line()
            .Dimension("function", Function)
            .Metric("Failures", 1, EmfUnit.Count)
            .Write();
    }

    private void Count(Verdict verdict, TimeSpan latency)
    {
        metrics.Line()
            .Dimension("function", Function)
            .Dimension("decision", DecisionOf(verdict))
            .Dimension("reason", verdict.Reason)
            .Metric("Decisions", 1, EmfUnit.Count)
            .Write();
        var measured = metrics.Line()
            .Dimension("function", Function)
            .Metric("DecisionLatency", latency)
            .Metric("DegradedDecisions", verdict.IsDegraded ? 1 : 0, EmfUnit.Count)
            .Metric("StoreRoundTrips", verdict.RoundTrips, EmfUnit.Count)
            .Metric("HoldsLeft", verdict.HoldsLeft, EmfUnit.Count);
        if (verdict is { IsAdmitted: true, Plan: { } plan })
        {
            measured = measured.Metric("HeldUsd", plan.Hold.Amount);
        }

        measured.Write();
    }

    private static LogSeverity SeverityOf(Verdict verdict) => verdict switch
    {
        { IsDegraded: true } => LogSeverity.Error,
        { Refusal.Kind: RefusalKind.StoreDenied or RefusalKind.StoreMalformed or RefusalKind.StoreUnreachable } =>
            LogSeverity.Error,
        { Refusal: not null } => LogSeverity.Warning,
        _ => LogSeverity.Info,
    };

    private static string DecisionOf(Verdict verdict) => verdict.IsAdmitted ? "admitted" : "refused";

    private static string FormOf(QuestionForm form) => form == QuestionForm.Decision ? "decision" : "authorize";
}
