using System.Threading.Channels;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Ledger;

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
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(enforced, Limit, done.Token);
        // Bounded, so that at most 10 waiting, 20 in a batch and 20 in flight are unsettled: more than sixty must fit.
        var admitted = Channel.CreateBounded<string>(10);
        var settling = SettleAsync(enforced, admitted.Reader);

        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (number, stop) =>
        {
            var id = $"request-{number}";
            if (await enforced.AskAsync(Questions.Headers(id)))
            {
                await admitted.Writer.WriteAsync(id, stop);
            }
        });
        admitted.Writer.Complete();
        var settled = await settling;
        await done.CancelAsync();
        var seen = await watching;

        // What settles costs a quarter of its hold, so that more than sixty fit in the end.
        var total = await enforced.MonthAsync();
        Assert.True(settled > 60, $"{settled} were admitted.");
        Assert.Equal(settled * Hold / 4m, total.Settled);
        Assert.Equal((0m, total.Settled), (total.Buckets.Values.Sum(), total.Committed));
        Assert.True(seen > 0, "Nobody watched.");
    }

    // As cost_attribution does it: one worker, whatever has been logged since.
    private static async Task<int> SettleAsync(Enforced enforced, ChannelReader<string> admitted)
    {
        var settled = 0;
        while (await admitted.WaitToReadAsync())
        {
            var batch = new List<string>();
            while (batch.Count < 20 && admitted.TryRead(out var id))
            {
                batch.Add(id);
            }

            await enforced.BookAsync(batch, Hold / 4m);
            settled += batch.Count;
        }

        return settled;
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
}
