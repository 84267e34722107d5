using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using BudgetEnforcement.Decide;

namespace BudgetEnforcement.Tests;

/// <summary>The outside, as the test wants it: what is configured, and what becomes of a reservation.</summary>
internal sealed class FakePorts
{
    public StoreResult<Configuration> Configuration { get; set; } = Configured();

    public Func<ReservePlan, ReserveOutcome> Answer { get; set; } = _ => new ReserveOutcome.Admitted(1, []);

    public List<ReservePlan> Plans { get; } = [];

    public List<DateTimeOffset> Deadlines { get; } = [];

    public StoreResult<PriceBook> Prices { get; set; } = new StoreResult<PriceBook>.Done(PriceBook.Default);

    public Ports Ports => new(_ => Task.FromResult(Configuration), _ => Task.FromResult(Prices), ReserveAsync);

    public static StoreResult<Configuration>.Done Configured(
        IReadOnlyList<BudgetFields>? budgets = null, CallerDirectory? directory = null) =>
        new(new Configuration(
            BudgetBook.Read(budgets ?? [], zone => zone == "UTC"), directory ?? CallerDirectory.Empty));

    public static BudgetFields Monthly(string scope, decimal usd, string mode = "hard") => new(scope, "month")
    {
        Limits = new BudgetAmounts(Usd: usd),
        Mode = mode,
        ReplacesTier = true,
    };

    public static ReserveOutcome Failed(StoreFault fault) =>
        new ReserveOutcome.StoreFailed(fault, "account team#payments@2026-11", "secret detail")
        {
            IsOutage = fault == StoreFault.Unreachable,
        };

    private Task<(ReserveOutcome Outcome, int RoundTrips)> ReserveAsync(
        ReservePlan plan, DateTimeOffset deadline, CancellationToken stop)
    {
        Plans.Add(plan);
        Deadlines.Add(deadline);
        return Task.FromResult((Answer(plan), 1));
    }
}
