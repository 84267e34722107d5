using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Ledger;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Lambda;
using AiGateway.Lambda.Identity;
using Amazon.Lambda.CloudWatchLogsEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.TestUtilities;
using CostAttribution.Book;

namespace CostAttribution.Tests.Harness;

/// <summary>The function over the engine's own fake tables, with whatever stands between them.</summary>
internal sealed class World
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 15, 0, 0, TimeSpan.Zero);

    private readonly StringWriter written = new();
    private readonly Random dice = new(20261121);
    private long postings;

    public FakeTables Tables { get; init; } = new();

    public List<ThresholdAlert> Alerts { get; init; } = [];

    public INetwork Network { get; set; } = new PerfectNetwork();

    public BookingConfiguration Configuration { get; set; } = new(
        CallerDirectory.Empty, BudgetBook.Empty, PriceBook.Default);

    public StoreFault? ConfigurationFault { get; set; }

    public FetchOidcKey Keys { get; set; } = (_, _) => Task.FromResult<string?>(null);

    public Dictionary<string, string> Environment { get; } = new()
    {
        ["AWS_REGION"] = "eu-central-1",
        ["TABLE_PREFIX"] = "test-",
        ["STORE_TIMEOUT_MS"] = "1000",
        ["FUNCTION_TIMEOUT_MS"] = "60000",
    };

    /// <summary>Everything that was logged.</summary>
    public string Log => written.ToString();

    public static Pacing Pacing { get; } =
        new(new FixedClock(Now), _ => 0, (_, _) => Task.CompletedTask);

    public FakeStore Store => new(Tables, new OpenIndexView(entry => entry.OpenBucket), Network);

    /// <summary>A fresh process: settings read, nothing cached.</summary>
    public Func<CloudWatchLogsEvent, ILambdaContext, Task<BatchReply>> Start() => Function.Compose(
        new EnvironmentReader(Environment.GetValueOrDefault),
        new JsonLines(written),
        new FixedClock(Now),
        _ => Ports());

    /// <summary>A hard budget of so many dollars a month.</summary>
    public World WithBudget(string team, decimal usd, int shards = 1) => WithBudgets(new BudgetFields($"team#{team}", "month")
    {
        Limits = new BudgetAmounts(Usd: usd),
        ReplacesTier = true,
        Shards = shards,
    });

    public World WithBudgets(params BudgetFields[] rows)
    {
        Configuration = Configuration with { Budgets = BudgetBook.Read(rows, zone => zone == "UTC") };
        Assert.Empty(Configuration.Budgets.Problems);
        return this;
    }

    public Task<BatchReply> SendAsync(params IEnumerable<string> lines) => SendAsync(Payloads.Of(lines));

    /// <summary>Admits a request with a hold of so many dollars.</summary>
    public async Task HoldAsync(string requestId, string team, decimal usd, int shards = 1)
    {
        var account = new AccountKey(ScopeOf(team), "2026-11");
        var total = new TotalAmount(new Total("M", Dimension.Usd), usd);
        var attempt = new Attempt(
            "a1",
            HoldBucket.Containing(Now),
            Now,
            new AttemptCall("openai", "gpt-4o-mini", null, "default", false),
            new Usd(usd),
            new HoldBounds(HoldMode.WorstCase, 100, 100, 1),
            RetryPolicy.Release,
            ExpiryPolicy.Charge,
            [new AccountHold(account, [total])]);
        var limit = new AccountLimit(account, total.Total, 1_000m, BudgetMode.Hard, Now.AddDays(9));
        var reservation = new Reservation(Store, Store, new Pacing(new FixedClock(Now), dice.Next, (_, _) => Task.CompletedTask));
        var plan = new ReservePlan(requestId, team, attempt, [limit])
        {
            Shards = new Dictionary<Scope, int> { [account.Scope] = shards },
        };
        Assert.IsType<ReserveOutcome.Admitted>(await reservation.ReserveAsync(plan, Now.AddHours(1), CancellationToken.None));
    }

    public Task<BatchReply> SendAsync(CloudWatchLogsEvent input) => Start()(input, Context());

    public static TestLambdaContext Context() => new() { AwsRequestId = "invocation-1", RemainingTime = TimeSpan.FromMinutes(1) };

    public AccountTotals Account(string team, string month = "2026-11") =>
        Tables.Accounts.Read(new AccountKey(ScopeOf(team), month)) ?? new AccountTotals(
            new AccountKey(ScopeOf(team), month), new Dictionary<Total, RunningTotal>());

    public RunningTotal Usd(string team, string month = "2026-11") => Account(team, month)[new Total("M", Dimension.Usd)];

    /// <summary>
    /// Ledger and accounts as text, without what may differ: times of settlement, versions, posting ids.
    /// </summary>
    public string Books() => string.Join('\n',
    [
        .. Tables.Ledger.All.Select(entry =>
            $"{entry.RequestId} {entry.State} {entry.Team} {entry.Result?.Cost} {entry.Result?.Reason} {entry.Result?.Overrun}"),
        .. Tables.Accounts.All.SelectMany(account => account.Totals.OrderBy(total => total.Key.ToString()).Select(total =>
            $"{account.Account} {total.Key} {total.Value.Committed:0.############} {total.Value.Settled:0.############} "
            + $"{total.Value.Estimated:0.############} {total.Value.Buckets.Values.Sum():0.############}")),
    ]);

    public Ports Ports()
    {
        var settler = new Settler(Store, Store, Pacing, () => $"{Interlocked.Increment(ref postings):0000000000}");
        return new Ports(
            _ => Task.FromResult<StoreResult<BookingConfiguration>>(ConfigurationFault is { } fault
                ? new StoreResult<BookingConfiguration>.Failed(fault, "by the test")
                : new StoreResult<BookingConfiguration>.Done(Configuration)),
            settler.SettleAsync,
            ((IAccountStore)Store).ReadAsync,
            RaiseAsync,
            Keys);
    }

    private static Scope ScopeOf(string team) =>
        ((Outcome<Scope>.Ok)Scope.Parse($"team#{team}")).Value;

    private Task<StoreResult<ThresholdAlert>> RaiseAsync(ThresholdAlert alert, CancellationToken stop) => Network.SendAsync<ThresholdAlert>(
        new StoreCall("Alert", [$"{alert.Account} {alert.Total} {alert.ThresholdPercent}"]),
        () =>
        {
            var isNew = !Alerts.Any(raised =>
                (raised.Account, raised.Total, raised.ThresholdPercent)
                == (alert.Account, alert.Total, alert.ThresholdPercent));
            if (!isNew)
            {
                return new StoreResult<ThresholdAlert>.Refused(alert);
            }

            Alerts.Add(alert);
            return new StoreResult<ThresholdAlert>.Done(alert);
        });
}

/// <summary>A clock that a test sets.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
