using AiGateway.Domain.Budgets;

namespace AiGateway.Domain.Tests.Budgets;

/// <summary>
/// The rows of one scope: one for each window, and so few limits that the month item has room (1,024 bytes, to the byte).
/// </summary>
public static class ScopeBudgetsTests
{
    private static readonly BudgetAmounts All = new(1m, 1m, 1m);

    [Fact]
    public static void Rows_of_another_scope_or_of_one_window_twice_are_a_bug()
    {
        var row = Row("team#a", "month", All);
        var team = row.Scope;

        Assert.Throws<ArgumentException>(() => ScopeBudgets.Of(team, [row, Row("team#b", "day", All)]));
        Assert.Throws<ArgumentException>(() => ScopeBudgets.Of(team, [Row("team#b", "day", All)]));
        Assert.Throws<ArgumentException>(() => ScopeBudgets.Of(team, [row, row]));
    }

    [Fact]
    public static void Two_rows_of_a_window_or_two_zones_are_told()
    {
        var month = new BudgetFields("team#a", "month") { Limits = All };

        Assert.Equal(
            new Problem("bad_budget", "Budget team#a: a window has two rows."), ProblemOf(month, month));
        Assert.Equal(
            new Problem("bad_budget", "Budget team#a: its rows differ in shards or time_zone; a scope has one of each."),
            ProblemOf(month, month with { Window = "day", Shards = 2 }));
        Assert.Empty(BudgetBook.Empty.Problems);
    }

    // 105 for the item, 549 for three limits a minute, 262 for dollars an hour, and the name's UTF-8 bytes.
    [Theory]
    [InlineData("user#", 103, true)]
    [InlineData("user#", 104, false)]
    public static void The_month_item_is_full_at_1024_bytes(string prefix, int name, bool fits) =>
        Assert.Equal(fits, Fits(prefix + new string('n', name), ("minute", All), ("hour", new BudgetAmounts(1m))));

    // 105, 549 for three limits a minute, 170 and 120 for the tier's day and month: 80 bytes of name are left.
    [Fact]
    public static void A_teams_tier_needs_room_where_no_row_stands_in_its_place()
    {
        string Name(int bytes) => "team#" + new string('n', bytes - 5);
        (string, BudgetAmounts) minute = ("minute", All);

        Assert.True(Fits(Name(80), minute));
        Assert.False(Fits(Name(81), minute));
        // A team's user has no tier.
        Assert.True(Fits("team#a#user#" + new string('n', 200), minute));
        // 80 of its own in place of the tier's 120, 170 for the tier's day.
        Assert.True(Fits(Name(120), minute, ("month", new BudgetAmounts(Requests: 1m))));
        Assert.False(Fits(Name(121), minute, ("month", new BudgetAmounts(Requests: 1m))));
        // A limit on requests in flight is in an item of its own and replaces nothing.
        Assert.True(Fits(Name(80), minute, ("month", new BudgetAmounts(InFlight: 1m))));
        Assert.False(Fits(Name(81), minute, ("month", new BudgetAmounts(InFlight: 1m))));
        // A week is in an item of its own too.
        Assert.True(Fits(Name(80), minute, ("week", All)));
    }

    [Fact]
    public static void One_row_that_replaces_the_tier_makes_room_for_all()
    {
        var name = "team#" + new string('n', 100);
        var minute = Row(name, "minute", All);
        var week = new BudgetFields(name, "week") { Limits = All, ReplacesTier = true };

        Assert.IsType<Outcome<ScopeBudgets>.Ok>(ScopeBudgets.Of(minute.Scope, [minute, Parsed(week)]));
        var full = ScopeBudgets.Of(minute.Scope, [minute, Parsed(week with { ReplacesTier = false })]);
        Assert.Equal(
            new Problem(
                "bad_budget",
                $"Budget {name}: its limits a minute, hour, day and month, with its tier's, need 1049 bytes of an account, which has 1024: "
                + "leave some out, or the tier's by replaces_tier."),
            Assert.IsType<Outcome<ScopeBudgets>.Failed>(full).Problem);
    }

    // 105, 549 for three limits a minute, 3 for the shard's number and 282 for what moves between shards.
    [Fact]
    public static void Shards_need_room_for_what_moves_between_them()
    {
        Outcome<ScopeBudgets> Spread(int name, int shards)
        {
            var row = Parsed(new BudgetFields("user#" + new string('n', name - 5), "minute") { Limits = All, Shards = shards });
            return ScopeBudgets.Of(row.Scope, [row]);
        }

        Assert.IsType<Outcome<ScopeBudgets>.Ok>(Spread(85, 2));
        var full = Assert.IsType<Outcome<ScopeBudgets>.Failed>(Spread(86, 2)).Problem.Message;
        Assert.EndsWith(
            "need 1025 bytes of an account, which has 1024: leave some out, or the tier's by replaces_tier, or spread it over no shards.",
            full,
            StringComparison.Ordinal);
        Assert.IsType<Outcome<ScopeBudgets>.Ok>(Spread(86, 1));
        Assert.IsType<Outcome<ScopeBudgets>.Ok>(ScopeBudgets.Of(Scope.Org, []));
    }

    private static bool Fits(string scope, params (string Window, BudgetAmounts Limits)[] rows)
    {
        var parsed = rows.Select(row => Row(scope, row.Window, row.Limits)).ToList();
        return ScopeBudgets.Of(parsed[0].Scope, parsed) is Outcome<ScopeBudgets>.Ok;
    }

    private static BudgetRow Row(string scope, string window, BudgetAmounts limits) =>
        Parsed(new BudgetFields(scope, window) { Limits = limits });

    private static BudgetRow Parsed(BudgetFields fields) =>
        Assert.IsType<Outcome<BudgetRow>.Ok>(BudgetRowParser.Parse(fields, _ => true)).Value;

    private static Problem ProblemOf(params BudgetFields[] rows) =>
        Assert.IsType<Outcome<ScopeBudgets>.Failed>(BudgetBook.Of(Parsed(rows[0]).Scope, rows, _ => true)).Problem;
}
