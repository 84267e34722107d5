using System.Globalization;
using System.Text.Json;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using AiGateway.Tests;

namespace CostAttribution.Tests.Harness;

/// <summary>Takes the holds of the recorded day as the webhook would, with budgets that admit all of it.</summary>
internal static class DayAdmissions
{
    private static readonly PolicyRules Rules = new(
        new TierTable(
            new Dictionary<string, IReadOnlyList<TierLimit>> { ["all"] = [TierTable.MonthlyUsd(1_000_000m)] }, "all"),
        ExpiryPolicy.Charge,
        0);

    /// <summary>What the webhook was told of each request last: bytes, and output tokens at most.</summary>
    public static IReadOnlyDictionary<string, (long Size, long MaxTokens)> Asked => Calls()
        .GroupBy(call => call.Header(WebhookHeaders.RequestId)!)
        .ToDictionary(call => call.Key, call => (call.Last().Size, call.Last().MaxTokens));

    /// <summary>All calls of the day, in their order. Returns how many were admitted.</summary>
    public static async Task<int> AdmitAsync(IAccountStore accounts, ILedgerStore ledger, Pacing pacing, DateTimeOffset now)
    {
        var reservation = new Reservation(accounts, ledger, pacing);
        var admitted = 0;
        foreach (var call in Calls())
        {
            var plan = PlanOf(call, now, $"a{admitted}");
            var outcome = await reservation.ReserveAsync(plan, now.AddDays(1), CancellationToken.None);
            admitted += outcome is ReserveOutcome.Admitted ? 1 : 0;
        }

        return admitted;
    }

    private static ReservePlan PlanOf(Call call, DateTimeOffset now, string attemptId)
    {
        var caller = CallerResolution.Resolve(CallerClaims.FromHeaders(call.Header), CallerDirectory.Empty);
        var guarded = new GuardedCall(
            call.Header(WebhookHeaders.Provider),
            call.Model,
            call.Size,
            call.Header(WebhookHeaders.External) == "true",
            call.MaxTokens,
            1,
            call.Header(WebhookHeaders.ServiceTier),
            !call.IsEmbedding);
        var label = new AttemptCall(guarded.Provider, guarded.Model, null, guarded.ServiceTier, false);
        var decision = BudgetPolicy.Decide(
            new PolicyInput(attemptId, now, caller, guarded, label, PriceOf(guarded, now), []), Rules);
        var plan = Assert.IsType<PolicyDecision.Reserve>(decision);
        return new ReservePlan(
            call.Header(WebhookHeaders.RequestId)!,
            caller.Team,
            plan.Attempt,
            [.. plan.Limits.Select(limit =>
                new AccountLimit(limit.Account, limit.Total, limit.Amount, limit.Mode, limit.ResetsAt))]);
    }

    private static CallPrice PriceOf(GuardedCall call, DateTimeOffset now)
    {
        var found = Assert.IsType<PriceLookup.Found>(PriceBook.Default.Find(
            new PriceQuery(call.Provider, null, call.Model, now, call.ServiceTier)));
        var hold = found.Price.ForHold(call.ServiceTier, call.ReadsMore ? null : call.SizeBytes)!;
        return new CallPrice(
            found.Price.Source,
            hold.PlainInputUsdPerToken,
            hold.DearestInputUsdPerToken,
            hold.PlainOutputUsdPerToken,
            hold.DearestOutputUsdPerToken,
            hold.RequestFee.Amount,
            found.Price.ContextWindow,
            found.Price.MaxOutputTokens,
            call.HasOutput,
            false);
    }

    private static IEnumerable<Call> Calls() => Recorded.DayWebhook.Select(line => new Call(JsonDocument.Parse(line).RootElement));

    private sealed class Call(JsonElement recorded)
    {
        public bool IsEmbedding => recorded.GetProperty("kind").GetString() == "ext_authz";

        public string Model => Header(WebhookHeaders.Model) ?? Body().GetProperty("model").GetString()!;

        public long Size => Number(WebhookHeaders.Size) ?? Body().GetProperty("size").GetInt64();

        public long MaxTokens => Number(WebhookHeaders.MaxTokens) ?? 0;

        public string? Header(string name) =>
            recorded.GetProperty("headers").TryGetProperty(name, out var value) ? value.GetString() : null;

        private long? Number(string name) =>
            Header(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

        private JsonElement Body() => JsonDocument.Parse(recorded.GetProperty("body").GetString()!).RootElement;
    }
}
