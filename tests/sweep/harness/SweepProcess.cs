using AiGateway.Engine;
using AiGateway.Lambda;
using AiGateway.Lambda.Tests;
using Amazon.Lambda.TestUtilities;

namespace Sweep.Tests.Harness;

/// <summary>
/// One process of the function, with a clock of its own that jumps over every delay: a minute between two looks takes no
/// time, and still
/// counts against the invocation's.
/// </summary>
internal sealed class SweepProcess(DateTimeOffset now)
{
    private readonly StringWriter written = new();

    public ManualClock Clock { get; } = new(now);

    public TextWriter Written => written;

    /// <summary>Everything that was logged.</summary>
    public string Log => written.ToString();

    /// <summary>The lines that are metrics.</summary>
    public IReadOnlyList<string> Metrics =>
        [.. Log.Split('\n').Where(line => line.Contains("\"_aws\"", StringComparison.Ordinal))];

    public Dictionary<string, string> Environment { get; } = new()
    {
        ["AWS_REGION"] = "eu-central-1",
        ["TABLE_PREFIX"] = "test-",
        ["STORE_TIMEOUT_MS"] = "20000",
        ["FUNCTION_TIMEOUT_MS"] = "540000",
    };

    public Pacing Pacing => new(Clock, _ => 0, (time, stop) =>
    {
        Clock.Advance(time);
        stop.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    });

    public EnvironmentReader Reader => new(Environment.GetValueOrDefault);

    /// <summary>A fresh process: settings read, nothing kept.</summary>
    public Task<SweepReply> InvokeAsync(ScheduleEvent input, Func<Settings, Ports> ports, TimeSpan? remaining = null) =>
        Function.Compose(Reader, new JsonLines(written), Clock, ports)(
            input,
            new TestLambdaContext
            {
                AwsRequestId = "invocation-1",
                RemainingTime = remaining ?? TimeSpan.FromMinutes(9),
            });

    /// <summary>The ports over any stores, at this process's pace.</summary>
    public Ports Over(Books books, SweepOptions? options = null)
    {
        var ids = 0;
        var settler = new Settler(books.Ledger, books.Postings, Pacing, () => $"sweep-{++ids:0000000000}");
        return new Ports(
            stop => new AiGateway.Engine.Sweep(
                books.Accounts, books.Ledger, books.Postings, settler, Pacing, options ?? SweepOptions.Default).RunAsync(stop),
            new Reconciliation(books.Accounts, books.Ledger, books.Postings, Pacing).VerifyAsync);
    }
}
