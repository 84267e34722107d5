using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;

namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>
/// Five hundred questions at once (in <c>./dev nightly</c> five thousand, five hundred at a time) over four nested scopes
/// whose caps are crossed, with settlement beside them.
/// </summary>
public static class NestedLimitsTests
{
    private const decimal OrgUsd = 0.16m;
    private const decimal TeamUsd = 0.09m;
    private const decimal UserUsd = 0.022m;
    private const decimal ModelUsd = 0.07m;

    private const int AtOnce = 500;
    private const int ReadsMax = 20;

    private static readonly string[] Models = ["gpt-4o-mini", "gpt-4.1-nano"];

    private static int Requests => Environment.GetEnvironmentVariable("NIGHTLY") is "1" or "true" ? 5_000 : 500;

    private static decimal Scale => Requests / 500m;

    [Fact]
    public static async Task No_cap_is_ever_passed_and_what_fits_after_the_give_backs_is_admitted()
    {
        using var enforced = await StartAsync();
        var admitted = Channel.CreateUnbounded<string>();
        var settling = SettleAsync(enforced, admitted.Reader);
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(enforced, done.Token);

        using var places = new SemaphoreSlim(AtOnce);
        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(number => Task.Run(async () =>
        {
            await places.WaitAsync();
            var isAdmitted = await enforced.AskAsync(Headers(number));
            places.Release();
            return isAdmitted && admitted.Writer.TryWrite(Id(number));
        })));
        admitted.Writer.Complete();
        var settled = await settling;
        await done.CancelAsync();

        Assert.True(await watching > 0, "Nobody watched.");
        Assert.Equal(answers.Count(answer => answer), settled);
        Assert.InRange(settled, 1, Requests - 1);
        await AssertHoldsAreNamedAsync(enforced);
        await SweepAsync(enforced);
        await AssertSettledAsync(enforced);
        await AssertRefusesOnlyWhatDoesNotFitAsync(enforced);
    }

    private static async Task<Enforced> StartAsync()
    {
        var enforced = await Enforced.StartAsync(settings:
        [
            ("STORE_TIMEOUT_MS", "50000"), ("WEBHOOK_TIMEOUT_MS", "58000"), ("DENY_CACHE_SECONDS", "0"),
        ]);
        var tables = enforced.Tables;
        var budgets = new BudgetsTable(tables.Client, tables.Names, TestTables.StoreTimeout, _ => true);
        foreach (var (scope, usd) in Enumerable.Range(0, 10).SelectMany(Caps).Distinct())
        {
            Assert.IsType<StoreResult<BudgetFields>.Done>(
                await budgets.PutAsync(FakePorts.Monthly(scope, usd), default));
        }

        return enforced;
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"request-{number}");

    private static Dictionary<string, string> Headers(int number)
    {
        var headers = Questions.Headers(Id(number), team: $"team-{number % 2}");
        headers[WebhookHeaders.Subject] = $"user-{number % 5}";
        headers[WebhookHeaders.Model] = Models[number % 3 == 0 ? 1 : 0];
        headers[WebhookHeaders.MaxTokens] = (100 + (number % 7 * 150)).ToString(CultureInfo.InvariantCulture);
        return headers;
    }

    /// <summary>The four caps over a request.</summary>
    private static IEnumerable<(string Scope, decimal Usd)> Caps(int number)
    {
        var headers = Headers(number);
        var team = headers[WebhookHeaders.Team];
        return
        [
            ("org", OrgUsd * Scale),
            ($"team#{team}", TeamUsd * Scale),
            ($"team#{team}#user#{headers[WebhookHeaders.Subject]}", UserUsd * Scale),
            ($"team#{team}#model#{headers[WebhookHeaders.Model]}", ModelUsd * Scale),
        ];
    }

    private static async Task<int> SettleAsync(Enforced enforced, ChannelReader<string> admitted)
    {
        var settled = 0;
        var settler = new Settler(
            enforced.Ledger,
            new PostingsTable(enforced.Tables.Client, enforced.Tables.Names, TimeSpan.FromSeconds(50)),
            MachinePacing.Over(TimeProvider.System),
            () => Guid.CreateVersion7().ToString("N"));
        while (await admitted.WaitToReadAsync())
        {
            var batch = new List<string>();
            while (batch.Count < 50 && admitted.TryRead(out var id))
            {
                batch.Add(id);
            }

            var report = await settler.SettleAsync([.. batch.Select(id => new SettlementRequest(id, NineTenths))], default);
            settled += report.Outcomes.OfType<SettlementOutcome.Booked>().Count();
        }

        return settled;
    }

    private static Booking NineTenths(LedgerEntry? entry)
    {
        var cost = Usd.RoundHalfEven(entry!.Attempts[^1].Hold.Amount * 0.9m);
        var result = new EntryResult(
            cost, "complete", "openai", "gpt-4o-mini", null, 300, 100, Usd.Zero, DateTimeOffset.UtcNow);
        return new Booking(
            EntryState.Measured, entry.Team, entry.CreatedAt, [], new BookedAmounts(cost, 400, 1), result);
    }

    // At no moment may an account say more than its cap.
    private static async Task<int> WatchAsync(Enforced enforced, CancellationToken done)
    {
        var reads = 0;
        while (!done.IsCancellationRequested)
        {
            foreach (var (scope, usd) in Caps(reads))
            {
                var total = await MonthAsync(enforced, scope);
                Assert.True(total.Committed <= usd, $"{scope}: {total.Committed} is above {usd}.");
                Assert.Equal(total.Settled + total.Estimated + total.Buckets.Values.Sum(), total.Committed);
            }

            reads++;
        }

        return reads;
    }

    // On a busy machine calls time out: nobody knows then whether a hold was taken or given back, and it is left to its
    // bucket's expiry. Nothing else may be left, and each such request says so.
    private static async Task AssertHoldsAreNamedAsync(Enforced enforced)
    {
        var named = enforced.Decisions().Where(line => line.GetProperty("holds_left").GetInt32() > 0).ToList();
        foreach (var group in named.GroupBy(line => line.GetProperty("reason").GetString()))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{group.Count()} left holds to expiry: {group.Key}");
        }

        Assert.DoesNotContain(named, line => line.GetProperty("decision").GetString() == "admitted");
        foreach (var (scope, _) in Enumerable.Range(0, 10).SelectMany(Caps).Distinct())
        {
            var left = (await MonthAsync(enforced, scope)).Buckets.Values.Sum();
            Assert.InRange(left, 0m, named.Where(line => IsOn(line, scope)).Sum(HoldOf));
        }
    }

    // Its void may be lost with everything else: then its hold is charged, in the books only.
    private static bool IsUnsure(JsonElement line) =>
        line.GetProperty("reason").GetString() is "store_timed_out" or "too_late";

    private static bool IsOn(JsonElement line, string scope) =>
        Caps(int.Parse(line.GetProperty("request_id").GetString()!["request-".Length..], CultureInfo.InvariantCulture))
            .Any(cap => cap.Scope == scope);

    private static decimal HoldOf(JsonElement line) =>
        decimal.Parse(line.GetProperty("hold_usd").ToString(), CultureInfo.InvariantCulture);

    // Two hours later, without waiting for them.
    private static async Task SweepAsync(Enforced enforced)
    {
        var later = new ShiftedClock();
        later.MoveTo(DateTimeOffset.UtcNow.AddHours(2));
        var pacing = new Pacing(later, Random.Shared.Next, (_, _) => Task.CompletedTask);
        var postings = new PostingsTable(enforced.Tables.Client, enforced.Tables.Names, TestTables.StoreTimeout);
        var settler = new Settler(enforced.Ledger, postings, pacing, () => Guid.CreateVersion7().ToString("N"));
        var sweep = new Sweep(enforced.Accounts, enforced.Ledger, postings, settler, pacing, SweepOptions.Default);
        Assert.Null((await sweep.RunAsync(default)).LeftForNext);
    }

    private static async Task AssertSettledAsync(Enforced enforced)
    {
        foreach (var (scope, usd) in Enumerable.Range(0, 10).SelectMany(Caps).Distinct())
        {
            var total = await MonthAsync(enforced, scope);
            Assert.InRange(total.Settled, 0m, usd);
            Assert.Equal((total.Settled + total.Estimated, 0m), (total.Committed, total.Buckets.Values.Sum()));
            Assert.InRange(
                total.Estimated, 0m, enforced.Decisions().Where(IsUnsure).Where(line => IsOn(line, scope)).Sum(HoldOf));
        }
    }

    private static async Task AssertRefusesOnlyWhatDoesNotFitAsync(Enforced enforced)
    {
        for (var number = Requests; number < Requests + 30; number++)
        {
            var left = decimal.MaxValue;
            foreach (var (scope, usd) in Caps(number))
            {
                left = Math.Min(left, usd - (await MonthAsync(enforced, scope)).Committed);
            }

            var isAdmitted = await enforced.AskAsync(Headers(number));
            var hold = decimal.Parse(enforced.LogOf(Id(number), "hold_usd"), CultureInfo.InvariantCulture);
            Assert.Equal(hold <= left, isAdmitted);
        }
    }

    private static async Task<RunningTotal> MonthAsync(Enforced enforced, string scope)
    {
        var account = new AccountKey(
            Assert.IsType<Outcome<Scope>.Ok>(Scope.Parse(scope)).Value, $"{DateTimeOffset.UtcNow:yyyy-MM}");
        // The questions fill the connections: the watcher's own reads may have to wait for longer than a call may take.
        var read = await enforced.Accounts.ReadAsync(account, default);
        for (var reads = 1; read is StoreResult<AccountTotals?>.Failed && reads < ReadsMax; reads++)
        {
            read = await enforced.Accounts.ReadAsync(account, default);
        }

        var found = Assert.IsType<StoreResult<AccountTotals?>.Done>(read).Value;
        return found?[new Total("M", Dimension.Usd)] ?? RunningTotal.Zero;
    }
}
