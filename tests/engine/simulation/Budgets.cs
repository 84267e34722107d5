using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Decisions;
using AiGateway.Domain.Ledger;

namespace AiGateway.Engine.Tests.Simulation;

/// <summary>
/// Who may spend what in a schedule, and the plans that follow from it, made by the domain as the function makes them:
/// org, two teams and three models; dollars, tokens and requests; minute, day, month and in flight; limits that change.
/// </summary>
internal sealed class Budgets
{
    private static readonly TimeSpan KnownLateMax = TimeSpan.FromSeconds(60);

    private readonly World world;
    private readonly List<ChangingLimit> limits = [];
    private readonly RetryPolicy onRetry;
    private readonly Dictionary<(AccountKey Account, Total Total), DateTimeOffset> ends = [];

    public Budgets(World world)
    {
        this.world = world;
        OnExpiry = world.Roll(5) == 0 ? ExpiryPolicy.Release : ExpiryPolicy.Charge;
        onRetry = world.Pick(RetryPolicy.Release, RetryPolicy.Charge);
        Add(Scope.Org, Window.Month, Dimension.Usd, 6, 20);
        foreach (var team in (ReadOnlySpan<string>)["a", "b"])
        {
            Add(Team(team), Window.Month, Dimension.Usd, 3, 10);
            AddSometimes(Team(team), Window.Month, Dimension.Tokens, 100, 300);
            AddSometimes(Team(team), Window.Day, Dimension.Usd, 2, 8);
            AddSometimes(Team(team), Window.Day, Dimension.Requests, 2, 5);
            AddSometimes(Team(team), Window.Minute, Dimension.Requests, 1, 3);
            AddSometimes(Team(team), null, Dimension.Requests, 1, 3);
        }

        AddSometimes(Model(0), Window.Day, Dimension.Tokens, 100, 100);
    }

    /// <summary>
    /// What becomes of holds that no line clears. Releasing them is a named exception to the first invariant.
    /// </summary>
    public ExpiryPolicy OnExpiry { get; }

    public ReservePlan Plan(string requestId, string team, string attemptId, EnforcementEnvironment environment)
    {
        var now = world.Time.GetUtcNow();
        List<Scope> scopes = [Scope.Org, Team(team), Model(world.Roll(3))];
        var known = now - world.Between(TimeSpan.Zero, KnownLateMax);
        List<Budget> budgets = [.. limits
            .Where(limit => scopes.Contains(limit.Scope))
            .Select(limit => limit.BudgetAt(known))];
        List<PlannedLimit> planned = [.. budgets.SelectMany(budget => PlannedLimit.Of(budget, now))];
        var attempt = AttemptOf(attemptId, now, scopes, budgets, planned);
        foreach (var limit in planned.Where(limit => !limit.IsInFlight))
        {
            ends[(limit.Account, limit.Total)] = limit.ResetsAt;
        }

        return new ReservePlan(
            requestId,
            team,
            attempt,
            [.. planned.Select(limit => new AccountLimit(
                limit.Account, limit.Total, limit.Amount, limit.Mode, limit.ResetsAt))])
        {
            Stale = environment.StaleOf(attempt),
        };
    }

    /// <summary>A minute or a day that is over may have been removed from its item: nothing is limited by it.</summary>
    public bool IsOver(AccountKey account, Total total) =>
        ends.TryGetValue((account, total), out var end) && world.Time.GetUtcNow() >= end + StaleTotals.Grace;

    private Attempt AttemptOf(
        string id,
        DateTimeOffset now,
        List<Scope> scopes,
        List<Budget> budgets,
        List<PlannedLimit> planned)
    {
        var hold = Usd.RoundUp(0.25m + (world.Roll(3_000_000) / 1_000_000.7m));
        var tokens = 10 + world.Roll(90);
        return new Attempt(
            id,
            HoldBucket.Containing(now),
            now,
            new AttemptCall("openai", "m", "/v1/chat/completions", null, false),
            hold,
            new HoldBounds(HoldMode.WorstCase, tokens, 0, 1),
            onRetry,
            OnExpiry,
            BookedAccounts.Of(scopes, budgets, planned, now, dimension => dimension switch
            {
                Dimension.Usd => hold.Amount,
                Dimension.Tokens => tokens,
                _ => 1m,
            }));
    }

    private void AddSometimes(Scope scope, Window? window, Dimension dimension, int least, int spread)
    {
        if (world.Roll(3) == 0)
        {
            Add(scope, window, dimension, least, spread);
        }
    }

    private void Add(Scope scope, Window? window, Dimension dimension, int least, int spread) => limits.Add(new ChangingLimit(
        scope,
        window,
        dimension,
        least + world.Roll(spread),
        world.Roll(3) == 0 ? least + world.Roll(spread) : null,
        world.Time.GetUtcNow() + world.Between(TimeSpan.Zero, TimeSpan.FromMinutes(12))));

    private static Scope Team(string name) => Scope.Team(Part(name));

    private static Scope Model(int number) => Scope.Model(Part($"m{number}"));

    private static ScopePart Part(string name) => ((Outcome<ScopePart>.Ok)ScopePart.Parse(name)).Value;
}

/// <summary>A hard limit that somebody may change while requests run.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Window">Null: requests in flight.</param>
/// <param name="Dimension">What it counts.</param>
/// <param name="First">At the beginning.</param>
/// <param name="Then">After the change; null: it never changes.</param>
/// <param name="ChangesAt">When.</param>
internal sealed record ChangingLimit(
    Scope Scope, Window? Window, Dimension Dimension, decimal First, decimal? Then, DateTimeOffset ChangesAt)
{
    public Budget BudgetAt(DateTimeOffset known)
    {
        var amount = known >= ChangesAt ? Then ?? First : First;
        return Window is { } window
            ? Budget.Of(Scope, window, BudgetMode.Hard, new LimitAmount(Dimension, amount))
            : Budget.Of(Scope, Domain.Budgets.Window.Month, BudgetMode.Hard) with { InFlight = amount };
    }
}
