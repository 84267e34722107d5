using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;
using AiGateway.Tests.Support;

namespace BudgetEnforcement.Tests.Dynamo;

/// <summary>Two hundred questions of one team at once.</summary>
public static class ConcurrencyTests
{
    private const int Requests = 200;
    private const decimal Hold = 0.00048325m;

    [Fact]
    public static async Task Exactly_as_many_are_admitted_as_fit()
    {
        const int Fitting = 77;
        using var enforced = await Enforced.StartAsync(monthlyUsd: (Fitting * Hold) + (Hold / 2m));

        var admitted = await Task.WhenAll(Enumerable.Range(0, Requests).Select(number =>
            Task.Run(() => enforced.AskAsync(Questions.Headers($"request-{number}")))));

        Assert.Equal(Fitting, admitted.Count(answer => answer));
        Assert.Equal(Fitting * Hold, (await enforced.MonthAsync()).Committed);
        Assert.Equal(Fitting * Hold, (await enforced.MonthAsync()).Buckets.Values.Sum());
        for (var number = 0; number < Requests; number++)
        {
            var entry = await enforced.EntryAsync($"request-{number}");
            Assert.Equal(admitted[number] ? EntryState.Held : EntryState.Void, entry?.State);
        }
    }

    [Fact]
    public static async Task Requests_of_all_sizes_never_exceed_the_limit_and_what_fits_afterwards_is_admitted()
    {
        const decimal Limit = 0.05m;
        using var enforced = await Enforced.StartAsync(monthlyUsd: Limit);
        var random = new Random(20261121);
        var questions = Enumerable.Range(0, Requests).Select(number =>
        {
            var headers = Questions.Headers($"request-{number}");
            headers[WebhookHeaders.Size] = $"{random.Next(1, 20_000)}";
            return headers;
        }).ToList();

        var admitted = await Task.WhenAll(questions.Select(headers => Task.Run(() => enforced.AskAsync(headers))));

        var total = await enforced.MonthAsync();
        Assert.True(total.Committed <= Limit, $"{total.Committed}");
        Assert.Contains(true, admitted);
        Assert.Contains(false, admitted);
        var smallest = Questions.Headers("smallest");
        (smallest[WebhookHeaders.Size], smallest[WebhookHeaders.MaxTokens]) = ("1", "1");
        Assert.Equal(total.Committed + 0.00000125m <= Limit, await enforced.AskAsync(smallest));
    }

    [Fact]
    public static async Task Settlement_beside_it_never_lets_the_sum_above_the_limit()
    {
        const decimal Limit = 60m * Hold;
        using var enforced = await Enforced.StartAsync(monthlyUsd: Limit);
        var settler = new Settler(
            enforced.Ledger,
            new PostingsTable(enforced.Tables.Client, enforced.Tables.Names, TestTables.StoreTimeout),
            Pacing.System(),
            () => Guid.CreateVersion7().ToString("N"));
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(enforced, Limit, done.Token);
        var admitted = 0;

        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (number, stop) =>
        {
            var id = $"request-{number}";
            if (await enforced.AskAsync(Questions.Headers(id)))
            {
                Interlocked.Increment(ref admitted);
                await settler.SettleAsync([new SettlementRequest(id, _ => Measured(Hold / 4m))], stop);
            }
        });
        await done.CancelAsync();
        var seen = await watching;

        // What settles costs a quarter of its hold, so that more than sixty fit in the end.
        var total = await enforced.MonthAsync();
        Assert.True(admitted > 60, $"{admitted} were admitted.");
        Assert.Equal(admitted * Hold / 4m, total.Settled);
        Assert.Equal((0m, total.Settled), (total.Buckets.Values.Sum(), total.Committed));
        Assert.True(seen > 0, "Nobody watched.");
    }

    // Reads the account again and again: at no moment may it say more than the limit.
    private static async Task<int> WatchAsync(Enforced enforced, decimal limit, CancellationToken done)
    {
        var reads = 0;
        while (!done.IsCancellationRequested)
        {
            var total = await enforced.MonthAsync();
            Assert.Equal(total.Settled + total.Estimated + total.Buckets.Values.Sum(), total.Committed);
            Assert.True(total.Committed <= limit, $"{total.Committed} is above {limit}.");
            reads++;
        }

        return reads;
    }

    private static Booking Measured(decimal cost) => new(
        EntryState.Measured,
        "payments",
        DateTimeOffset.UtcNow,
        [],
        new BookedAmounts(new Usd(cost), 400, 1),
        new EntryResult(
            new Usd(cost), "complete", "openai", "gpt-4o-mini", null, 300, 100, Usd.Zero, DateTimeOffset.UtcNow));
}
