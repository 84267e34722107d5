using AiGateway.Domain;
using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using AiGateway.Lambda;
using CostAttribution;
using CostAttribution.Book;
using CostAttribution.Identity;

namespace AiGateway.Benchmarks.Attribution;

/// <summary>The booking of the function, over a store that answers at once and from nothing: every request has a hold.</summary>
internal sealed class AttributionFunction
{
    public const long Timestamp = 1_795_267_400_000;

    private static readonly LedgerEntry s_held = Held();

    private readonly CostAttribution.Book.Attribution attribution = Create();

    /// <exception cref="InvalidOperationException">Not every line was accounted for.</exception>
    public async Task BookAsync(IReadOnlyList<LogEvent> events)
    {
        var (result, _) = await attribution.BookAsync(events, CancellationToken.None);
        if (result.Booked + result.Ignored.Values.Sum() + result.Refused.Count != events.Count)
        {
            throw new InvalidOperationException("Not every line was accounted for.");
        }
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
        var admitted = DateTimeOffset.FromUnixTimeMilliseconds(Timestamp);
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

    // Prices every request on the entry that its admission left, and says that it is booked. The report has its size from the
    // beginning, as the engine's has.
    private static Task<SettlementReport> SettleAsync(IReadOnlyList<SettlementRequest> requests, CancellationToken stop) =>
        Task.FromResult(new SettlementReport(requests.Select(Outcome).ToArray(), []));

    private static SettlementOutcome Outcome(SettlementRequest request)
    {
        var booking = request.BookingFor(s_held);
        var entry = new LedgerEntry(
            request.RequestId, booking.State, 1, booking.Team, DateTimeOffset.UnixEpoch, [], [], [], booking.Result, null);
        return new SettlementOutcome.Booked(request.RequestId, entry);
    }
}
