using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine.Tests.Contract;

namespace AiGateway.Engine.Tests.Simulation.Shards;

/// <summary>What a budget row says at a time.</summary>
/// <param name="Usd">The limit on dollars.</param>
/// <param name="Tokens">On tokens; null: none.</param>
/// <param name="Shards">Over how many items the scope is spread.</param>
/// <param name="IsSoft">Nobody is refused, and no share is needed.</param>
internal sealed record ShardedRow(decimal Usd, decimal? Tokens, int Shards, bool IsSoft = false);

/// <summary>
/// One hot scope whose row changes: its limits rise and fall, and so does its number of shards. An execution
/// environment knows it
/// for a minute.
/// </summary>
internal sealed class ShardedBudget
{
    public static readonly AccountKey Hot = new(ContractData.TeamScope("hot"), "2026-11");
    public static readonly Total Usd = new("M", Dimension.Usd);
    public static readonly Total Tokens = new("M", Dimension.Tokens);

    private static readonly AccountKey Org = new(Scope.Org, "2026-11");

    private readonly World world;
    private readonly decimal orgUsd;

    /// <summary>Nothing but its limit changes, up and back to what it was, again and again; null: anything does.</summary>
    private readonly ShardedRow? putBack;

    public ShardedBudget(World world)
    {
        this.world = world;
        orgUsd = 8 + world.Roll(20);
        Row = new ShardedRow(4 + world.Roll(8), world.Roll(2) == 0 ? 200 + (4 * world.Roll(150)) : null, world.Pick(2, 3, 4, 5));
        if (world.Roll(3) == 0)
        {
            Row = putBack = new ShardedRow(2 + world.Roll(3), null, world.Pick(4, 6, 8));
        }
        else if (world.Roll(4) == 0)
        {
            Row = Row with { IsSoft = true };
        }

        Most = Row;
    }

    /// <summary>In force now.</summary>
    public ShardedRow Row { get; private set; }

    /// <summary>The highest limits so far: what holds while not everybody knows the new ones.</summary>
    public ShardedRow Most { get; private set; }

    public void Change()
    {
        if (Row.IsSoft)
        {
            Row = Row with { IsSoft = false };
            world.Seen.Add("made hard");
            return;
        }

        Row = putBack is not null ? ThereOrBack(putBack) : world.Roll(4) switch
        {
            0 => Row with { Usd = Row.Usd + 1 + world.Roll(4) },
            1 => Row with { Shards = world.Pick(2, 3, 4, 6) },
            2 => Row with { Tokens = Row.Tokens is null ? null : 100 + (100 * world.Roll(7)) },
            _ => Row with { Usd = Math.Max(1m, Row.Usd - 1 - world.Roll(5)) },
        };
        world.Seen.Add(Row.Usd < Most.Usd ? "lowered" : "raised or spread");
        Most = Most with { Usd = Math.Max(Most.Usd, Row.Usd), Tokens = Row.Tokens is null ? null : Math.Max(Most.Tokens ?? 0, Row.Tokens.Value) };
    }

    private ShardedRow ThereOrBack(ShardedRow first)
    {
        world.Seen.Add("put back");
        return Row == first ? first with { Usd = first.Usd + 5 } : first;
    }

    public ReservePlan Plan(ShardedRow known, string requestId, string attemptId)
    {
        var now = world.Time.GetUtcNow();
        // Shares move ahead of need only where they have room for many holds.
        var isSmall = world.Roll(3) == 0;
        var hold = Domain.Usd.RoundUp((0.2m + (world.Roll(1_500_000) / 1_000_000.7m)) / (isSmall ? 64m : 1m));
        var tokens = isSmall ? 1 + world.Roll(2) : 10 + world.Roll(60);
        var amounts = new TotalAmount[] { new(Usd, hold.Amount), new(Tokens, tokens) };
        var attempt = new Attempt(
            attemptId,
            HoldBucket.Containing(now),
            now,
            new AttemptCall("openai", "m", "/v1/chat/completions", null, false),
            hold,
            new HoldBounds(HoldMode.WorstCase, tokens, 0, 1),
            RetryPolicy.Release,
            ExpiryPolicy.Charge,
            [new AccountHold(Org, amounts), new AccountHold(Hot, amounts)]);
        return new ReservePlan(requestId, "hot", attempt, [.. LimitsOf(known)])
        {
            Shards = new Dictionary<Scope, int> { [Hot.Scope] = known.Shards },
        };
    }

    private IEnumerable<AccountLimit> LimitsOf(ShardedRow row)
    {
        yield return Hard(Org, Usd, orgUsd);
        var mode = row.IsSoft ? BudgetMode.Soft : BudgetMode.Hard;
        yield return Hard(Hot, Usd, row.Usd) with { Mode = mode };
        if (row.Tokens is { } tokens)
        {
            yield return Hard(Hot, Tokens, tokens) with { Mode = mode };
        }
    }

    private static AccountLimit Hard(AccountKey account, Total total, decimal amount) =>
        new(account, total, amount, BudgetMode.Hard, DateTimeOffset.MaxValue);
}
