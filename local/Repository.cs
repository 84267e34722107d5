namespace AiGateway.Local;

/// <summary>The folders of this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>What commands leave behind: never tracked.</summary>
    public static string LocalState => Path.Combine(Root, ".local");

    public static string Budgets => Path.Combine(Root, "local", "budgets.json");

    public static string RecordedDay => Path.Combine(Root, "tests", "recorded", "day");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AiGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("This program runs from inside the repository: ./dev starts it.");
    }
}
