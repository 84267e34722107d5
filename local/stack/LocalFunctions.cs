namespace AiGateway.Local.Stack;

/// <summary>The functions as the stack runs them: programs, settings, limits.</summary>
internal static class LocalFunctions
{
    public const string BudgetEnforcement = "budget_enforcement";
    public const string CostAttribution = "cost_attribution";
    public const string Sweep = "sweep";

    // Wider than in the cloud: a JIT build starts in seconds, and a laptop runs the database, the functions and the tests at once.
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EnforcementTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AttributionTimeout = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan SweepTimeout = TimeSpan.FromMinutes(14);

    public static IReadOnlyList<FunctionSpec> Specs(Uri database, string tablePrefix, FunctionPrograms programs) =>
    [
        Spec(BudgetEnforcement, programs, Tables(database, tablePrefix), EnforcementTimeout) with { ConcurrencyMax = 4 },
        Spec(CostAttribution, programs, Tables(database, tablePrefix), AttributionTimeout),
        SweepSpec(programs, Tables(database, tablePrefix)),
    ];

    /// <summary>The sweep alone, on tables and with credentials that <paramref name="where"/> names.</summary>
    public static FunctionSpec SweepSpec(FunctionPrograms programs, IReadOnlyDictionary<string, string> where) =>
        Spec(Sweep, programs, where, SweepTimeout);

    private static FunctionSpec Spec(
        string name, FunctionPrograms programs, IReadOnlyDictionary<string, string> where, TimeSpan timeout) =>
        new(name, programs.Of(name), Settings(where, timeout), timeout) { ConcurrencyMax = 1 };

    private static Dictionary<string, string> Tables(Uri database, string tablePrefix) => new()
    {
        ["DYNAMODB_ENDPOINT"] = database.ToString(),
        ["TABLE_PREFIX"] = tablePrefix,
    };

    private static Dictionary<string, string> Settings(IReadOnlyDictionary<string, string> where, TimeSpan timeout) => new(where)
    {
        ["STORE_TIMEOUT_MS"] = Milliseconds(StoreTimeout),
        ["WEBHOOK_TIMEOUT_MS"] = Milliseconds(WebhookTimeout),
        ["FUNCTION_TIMEOUT_MS"] = Milliseconds(timeout),
    };

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString();
}

/// <summary>Where the functions' builds lie.</summary>
/// <param name="Of">The program of a function, by its name.</param>
internal sealed record FunctionPrograms(Func<string, string> Of)
{
    public static readonly IReadOnlyList<string> Names =
        [LocalFunctions.BudgetEnforcement, LocalFunctions.CostAttribution, LocalFunctions.Sweep];

    /// <summary>The JIT builds beside the running program's own, in the same configuration.</summary>
    public static FunctionPrograms Built()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return new FunctionPrograms(name =>
        {
            var project = string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, $"{project}.dll");
        });
    }

    /// <summary>The native binaries that <c>./dev aot</c> leaves in the repository.</summary>
    public static FunctionPrograms Native() => In(Path.Combine(Repository.LocalState, "native"));

    /// <summary>Native binaries as <c>NAME/bootstrap</c> in a folder.</summary>
    public static FunctionPrograms In(string folder) => new(name => Path.Combine(folder, name, "bootstrap"));
}
