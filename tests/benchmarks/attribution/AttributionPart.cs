using System.Globalization;
using System.Text.Json;
using AiGateway.Benchmarks.Results;
using AiGateway.Domain;
using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using AiGateway.Lambda;
using AiGateway.Local.Stack;
using CostAttribution;
using CostAttribution.Book;
using CostAttribution.Decode;
using CostAttribution.Identity;

namespace AiGateway.Benchmarks.Attribution;

/// <summary>
/// Log payloads: unpacking them, and reading and pricing the lines inside, in lines for each second of a processor. The store answers at once and
/// from nothing.
/// </summary>
internal static class AttributionPart
{
    public const string Name = "attribution";

    private const double LinesPerSecondGoal = 200_000;

    private static readonly LedgerEntry s_held = Held();

    private static readonly int[] Sizes = [10, 100, 1_000, 10_000];

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        report.Begin(Name, "subscription payloads, unpacked, read and priced");
        var attribution = Create();
        foreach (var lines in Sizes)
        {
            var events = AttributionLines.Of(lines);
            var encoded = Encode(events);
            var rounds = Math.Max(options.IsQuick ? 3 : 20, (options.IsQuick ? 20_000 : 200_000) / lines);
            Unpack(encoded, rounds);
            await BookAsync(attribution, events, rounds);

            report.Add(new Figure(At("unpack", lines), PerSecond(lines, rounds, () => Unpack(encoded, rounds)), "lines/cpu-s", Better.Higher));
            var busy = Environment.CpuUsage.TotalTime;
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            await BookAsync(attribution, events, rounds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            var perSecond = lines * rounds / (Environment.CpuUsage.TotalTime - busy).TotalSeconds;
            report.Add(new Figure(At("price", lines), perSecond, "lines/cpu-s", Better.Higher, LinesPerSecondGoal));
            report.Add(new Figure(At("allocated", lines), (double)allocated / (lines * (double)rounds), "bytes/line"));
        }

        await MemoryAsync(attribution, options, report);
    }

    // The same large batch again and again: what is alive afterwards must not grow.
    private static async Task MemoryAsync(CostAttribution.Book.Attribution attribution, BenchOptions options, Report report)
    {
        var encoded = Encode(AttributionLines.Of(Sizes[^1]));
        var alive = new List<long>();
        for (var round = 0; round < (options.IsQuick ? 3 : 15); round++)
        {
            var lines = (LogPayload.Lines)LogPayloadReader.Read(encoded);
            await attribution.BookAsync(lines.Events, CancellationToken.None);
            alive.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        report.Add(new Figure($"{Name}.payload_encoded", encoded.Length, "bytes", Better.Neither));
        report.Add(new Figure($"{Name}.alive_after_first", alive[0] / 1_000_000.0, "MB"));
        report.Add(new Figure($"{Name}.alive_growth", Math.Max(0, alive[^1] - alive[0]) / 1_000_000.0, "MB", Goal: 1));
    }

    private static string At(string what, int lines) =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}.{lines:D5}_lines.{what}");

    private static double PerSecond(int lines, int rounds, Action run)
    {
        var busy = Environment.CpuUsage.TotalTime;
        run();
        return lines * rounds / (Environment.CpuUsage.TotalTime - busy).TotalSeconds;
    }

    private static void Unpack(string encoded, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            _ = LogPayloadReader.Read(encoded);
        }
    }

    private static async Task BookAsync(CostAttribution.Book.Attribution attribution, IReadOnlyList<AiGateway.Domain.AccessLog.LogEvent> events, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var (result, _) = await attribution.BookAsync(events, CancellationToken.None);
            if (result.Booked + result.Ignored.Values.Sum() + result.Refused.Count != events.Count)
            {
                throw new InvalidOperationException("Not every line was accounted for.");
            }
        }
    }

    private static string Encode(IReadOnlyList<AiGateway.Domain.AccessLog.LogEvent> events)
    {
        var message = CloudWatchLogs.DataMessage([.. events.Select(one => new Local.Stack.LogEvent(
            one.Id, DateTimeOffset.FromUnixTimeMilliseconds(one.TimestampMs), one.Message))]);
        using var document = JsonDocument.Parse(message);
        return document.RootElement.GetProperty("awslogs").GetProperty("data").GetString()!;
    }

    private static CostAttribution.Book.Attribution Create()
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_REGION"] = "eu-central-1",
            ["TABLE_PREFIX"] = "aigateway-bench-",
            ["STORE_TIMEOUT_MS"] = "500",
            ["FUNCTION_TIMEOUT_MS"] = "60000",
        };
        var settings = Settings.Read(new EnvironmentReader(variables.GetValueOrDefault));
        var configuration = new BookingConfiguration(CallerDirectory.Empty, BudgetBook.Empty, PriceBook.Default);
        return new CostAttribution.Book.Attribution(
            _ => Task.FromResult<StoreResult<BookingConfiguration>>(new StoreResult<BookingConfiguration>.Done(configuration)),
            new LineIdentity(null),
            SettleAsync,
            settings.Rules,
            TimeProvider.System);
    }

    // One attempt that holds on its team's month.
    private static LedgerEntry Held()
    {
        var admitted = DateTimeOffset.FromUnixTimeMilliseconds(AttributionLines.Timestamp);
        var month = new AccountKey(((Outcome<Scope>.Ok)Scope.Parse("team#payments")).Value, "2026-11");
        var attempt = new Attempt(
            "a",
            HoldBucket.Containing(admitted),
            admitted,
            new AttemptCall("openai", "gpt-4o-mini", "/v1/chat/completions", null, false),
            new Usd(0.01m),
            new HoldBounds(HoldMode.WorstCase, 4_000, 1_000, 1),
            RetryPolicy.Release,
            ExpiryPolicy.Charge,
            [new AccountHold(month, [new TotalAmount(new Total("M", Dimension.Usd), 0.01m)])]);
        return new LedgerEntry("r-1", EntryState.Held, 1, "payments", admitted, [attempt], [], [], null, null);
    }

    // Prices every request on the entry that its admission left, and says that it is booked.
    private static Task<SettlementReport> SettleAsync(IReadOnlyList<SettlementRequest> requests, CancellationToken stop) =>
        Task.FromResult(new SettlementReport([.. requests.Select(Outcome)], []));

    private static SettlementOutcome Outcome(SettlementRequest request)
    {
        var booking = request.BookingFor(s_held);
        var entry = new LedgerEntry(
            request.RequestId, booking.State, 1, booking.Team, DateTimeOffset.UnixEpoch, [], [], [], booking.Result, null);
        return new SettlementOutcome.Booked(request.RequestId, entry);
    }
}
