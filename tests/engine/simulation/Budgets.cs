using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// Who may spend what in a schedule, and the plans that follow from it: org, two teams, three models.
/// </summary>
internal sealed class Budgets(World world)
{
    private const string Period = "2026-11";

    public static readonly Total Usd = new("M", Dimension.Usd);
    public static readonly Total Tokens = new("M", Dimension.Tokens);
    public static readonly Total Requests = new("d12", Dimension.Requests);

    private readonly decimal orgUsd = 6 + world.Roll(20);
    private readonly decimal teamUsd = 3 + world.Roll(10);
    private readonly decimal teamRequests = 2 + world.Roll(5);
    private readonly bool isRequestsLimited = world.Roll(3) == 0;

    /// <summary>
    /// What becomes of holds that no line clears. Releasing them is a named exception to the first invariant.
    /// </summary>
    public ExpiryPolicy OnExpiry { get; } = world.Roll(5) == 0 ? ExpiryPolicy.Release : ExpiryPolicy.Charge;

    private readonly RetryPolicy onRetry = world.Pick(RetryPolicy.Release, RetryPolicy.Charge);

    public IEnumerable<AccountLimit> Limits =>
        [Hard(Org, Usd, orgUsd), .. TeamLimits("a"), .. TeamLimits("b")];

    private static AccountKey Org => new(Scope.Org, Period);

    public ReservePlan Plan(string requestId, string team, string attemptId)
    {
        var now = world.Time.GetUtcNow();
        var hold = Domain.Usd.RoundUp(0.25m + (world.Roll(3_000_000) / 1_000_000.7m));
        var tokens = 10 + world.Roll(90);
        var attempt = new Attempt(
            attemptId,
            HoldBucket.Containing(now),
            now,
            new AttemptCall("openai", "m", "/v1/chat/completions", null, false),
            hold,
            new HoldBounds(HoldMode.WorstCase, tokens, 0, 1),
            onRetry,
            OnExpiry,
            [
                Hold(Org, hold, tokens),
                Hold(Team(team), hold, tokens),
                Hold(new AccountKey(Scope.Model(Part($"m{world.Roll(3)}")), Period), hold, 0),
            ]);
        return new ReservePlan(requestId, team, attempt, [Hard(Org, Usd, orgUsd), .. TeamLimits(team)]);
    }

    /// <summary>
    /// Models have no token limit, and their tokens are listed without a hold: booked, never promised.
    /// </summary>
    public static bool IsHeld(AccountKey account, Total total) =>
        total != Tokens || !account.Scope.Value.StartsWith("model#", StringComparison.Ordinal);

    private static AccountHold Hold(AccountKey account, Usd hold, int tokens) =>
        new(account, [new(Usd, hold.Amount), new(Tokens, tokens), new(Requests, 1)]);

    private static AccountKey Team(string team) => new(Scope.Team(Part(team)), Period);

    private static ScopePart Part(string name) => ((Outcome<ScopePart>.Ok)ScopePart.Parse(name)).Value;

    private static AccountLimit Hard(AccountKey account, Total total, decimal amount) =>
        new(account, total, amount, BudgetMode.Hard, DateTimeOffset.MaxValue);

    private IEnumerable<AccountLimit> TeamLimits(string team) => isRequestsLimited
        ? [Hard(Team(team), Usd, teamUsd), Hard(Team(team), Requests, teamRequests)]
        : [Hard(Team(team), Usd, teamUsd)];
}
