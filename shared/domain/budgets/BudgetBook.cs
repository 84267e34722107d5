namespace AiGateway.Domain.Budgets;

/// <summary>
/// The budgets of every scope. A scope whose rows are not understood is in it with its problem: never as one without a
/// budget.
/// </summary>
public sealed record BudgetBook
{
    private readonly IReadOnlyDictionary<string, Outcome<ScopeBudgets>> scopes;

    private BudgetBook(IReadOnlyDictionary<string, Outcome<ScopeBudgets>> scopes, IReadOnlyList<Problem> problems)
    {
        this.scopes = scopes;
        Problems = problems;
    }

    public static BudgetBook Empty { get; } = new(new Dictionary<string, Outcome<ScopeBudgets>>(), []);

    /// <summary>What is wrong in it, for a log and a metric.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>
    /// Null: the scope has no row. A problem: it has one that is not understood, and must be refused by name.
    /// </summary>
    public Outcome<ScopeBudgets>? this[Scope scope] => scopes.GetValueOrDefault(scope.Value);

    /// <summary>Reads any rows, in any order.</summary>
    public static BudgetBook Read(IReadOnlyList<BudgetFields> rows, Func<string, bool> isTimeZone)
    {
        var scopes = new Dictionary<string, Outcome<ScopeBudgets>>();
        var problems = new List<Problem>();
        foreach (var group in rows.GroupBy(row => row.Scope))
        {
            var budgets = Scope.Parse(group.Key) is Outcome<Scope>.Ok(var scope)
                ? Of(scope, [.. group], isTimeZone)
                : BadScope(group.First(), isTimeZone);
            scopes.Add(group.Key, budgets);
            if (budgets is Outcome<ScopeBudgets>.Failed(var problem))
            {
                problems.Add(problem);
            }
        }

        return new BudgetBook(scopes, problems);
    }

    /// <summary>All rows of one scope: valid each and together, or the first problem.</summary>
    public static Outcome<ScopeBudgets> Of(
        Scope scope, IReadOnlyList<BudgetFields> fields, Func<string, bool> isTimeZone)
    {
        var rows = new List<BudgetRow>();
        foreach (var row in fields)
        {
            switch (BudgetRowParser.Parse(row, isTimeZone))
            {
                case Outcome<BudgetRow>.Ok(var parsed):
                    rows.Add(parsed);
                    break;
                case Outcome<BudgetRow>.Failed(var problem):
                    return problem;
            }
        }

        return rows.Select(row => row.Window).Distinct().Count() == rows.Count
            ? ScopeBudgets.Of(scope, rows)
            : new Problem("bad_budget", $"Budget {scope}: a window has two rows.");
    }

    private static Outcome<ScopeBudgets> BadScope(BudgetFields row, Func<string, bool> isTimeZone) =>
        ((Outcome<BudgetRow>.Failed)BudgetRowParser.Parse(row, isTimeZone)).Problem;
}
