namespace AiGateway.Local.Stack;

/// <summary>Both functions as the stack runs them: programs, settings, limits.</summary>
internal static class LocalFunctions
{
    public const string BudgetEnforcement = "budget_enforcement";
    public const string CostAttribution = "cost_attribution";

    // Wider than in the cloud: a JIT build starts in seconds, and a laptop runs the database, both functions and the tests at once.
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EnforcementTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AttributionTimeout = TimeSpan.FromSeconds(120);

    public static IReadOnlyList<FunctionSpec> Specs(Uri database, string tablePrefix, FunctionPrograms programs) =>
    [
        new(BudgetEnforcement, programs.BudgetEnforcement, Settings(database, tablePrefix, EnforcementTimeout), EnforcementTimeout)
        {
            ConcurrencyMax = 4,
        },
        new(CostAttribution, programs.CostAttribution, Settings(database, tablePrefix, AttributionTimeout), AttributionTimeout)
        {
            ConcurrencyMax = 1,
        },
    ];

    private static Dictionary<string, string> Settings(Uri database, string tablePrefix, TimeSpan timeout) => new()
    {
        ["DYNAMODB_ENDPOINT"] = database.ToString(),
        ["TABLE_PREFIX"] = tablePrefix,
        ["STORE_TIMEOUT_MS"] = Milliseconds(StoreTimeout),
        ["WEBHOOK_TIMEOUT_MS"] = Milliseconds(WebhookTimeout),
        ["FUNCTION_TIMEOUT_MS"] = Milliseconds(timeout),
    };

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString();
}

/// <summary>Where the functions' builds lie.</summary>
internal sealed record FunctionPrograms(string BudgetEnforcement, string CostAttribution)
{
    /// <summary>The JIT builds beside the running program's own, in the same configuration.</summary>
    public static FunctionPrograms Built()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return new FunctionPrograms(Of("BudgetEnforcement"), Of("CostAttribution"));

        string Of(string project) => Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, $"{project}.dll");
    }

    /// <summary>The native binaries that <c>./dev aot</c> leaves in the repository.</summary>
    public static FunctionPrograms Native() => In(Path.Combine(Repository.LocalState, "native"));

    /// <summary>Native binaries as <c>NAME/bootstrap</c> in a folder.</summary>
    public static FunctionPrograms In(string folder) => new(
        Path.Combine(folder, LocalFunctions.BudgetEnforcement, "bootstrap"),
        Path.Combine(folder, LocalFunctions.CostAttribution, "bootstrap"));
}
