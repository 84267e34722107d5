using AiGateway.Benchmarks.Results;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Local;
using AiGateway.Local.DynamoDb;
using AiGateway.Local.Stack;

namespace AiGateway.Benchmarks.Load;

/// <summary>
/// The local stack under callers of the webhook that ask again as soon as they are answered. Everything is on this machine: the callers, the
/// doors, the functions and DynamoDB Local share its cores, so that the throughput is the machine's and the shape of the latency is ours.
/// </summary>
internal static class LoadPart
{
    public const string Name = "load";

    private static readonly int[] Callers = [1, 16, 64];
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(5);

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        var isNative = FunctionPrograms.Names.All(name => File.Exists(FunctionPrograms.Native().Of(name)));
        var programs = isNative ? FunctionPrograms.Native() : FunctionPrograms.Built();
        var build = isNative ? "native binaries" : "JIT builds: ./dev aot makes native ones";
        report.Begin(Name, $"the local stack ({build}), {options.LoadSeconds} s for each number of callers");
        await using var database = await DynamoDbLocal.UseOrStartAsync(CancellationToken.None);
        await MeasureAsync(options, report, programs, database.Endpoint, Name);
        await using var proxy = new DelayProxy(database.Endpoint, Delay);
        await MeasureAsync(options, report, programs, proxy.Endpoint, $"{Name}.delayed_5_ms");
    }

    private static async Task MeasureAsync(
        BenchOptions options, Report report, FunctionPrograms programs, Uri database, string name)
    {
        // The stack uses the database that the environment names.
        Environment.SetEnvironmentVariable(DynamoDbLocal.EndpointVariable, database.ToString());
        try
        {
            var budgets = ((Outcome<IReadOnlyList<BudgetFields>>.Ok)BudgetSeed.Read(Repository.Budgets)).Value;
            var log = Path.Combine(Repository.LocalState, "bench", $"{name}.log");
            await using var stack = await LocalStack.StartAsync(
                new StackOptions($"load-{Guid.NewGuid():N}-", programs, budgets, log), CancellationToken.None);
            if (await stack.WarmUpAsync() is { } failure)
            {
                throw new InvalidOperationException(failure);
            }

            foreach (var callers in Callers)
            {
                await RunAsync(report, $"{name}.{callers:D2}_callers", stack.Url, callers, options.LoadSeconds);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(DynamoDbLocal.EndpointVariable, null);
        }
    }

    private static async Task RunAsync(Report report, string name, Uri url, int callers, int seconds)
    {
        using var load = new WebhookLoad(url, callers);
        await load.RunAsync(TimeSpan.FromSeconds(Math.Min(2, seconds)));
        var result = await load.RunAsync(TimeSpan.FromSeconds(seconds));
        report.Add(new Figure($"{name}.per_second", result.Answered / result.Elapsed.TotalSeconds, "/s", Better.Higher));
        report.Add(new Figure($"{name}.p50", result.Times.At(0.50).TotalMilliseconds, "ms"));
        report.Add(new Figure($"{name}.p99", result.Times.At(0.99).TotalMilliseconds, "ms"));
        report.Add(new Figure($"{name}.errors", result.Errors, "errors", Goal: 0));
    }
}
