using System.Threading.Channels;
using AiGateway.Engine;

namespace AiGateway.Aws.Tests.Engine;

public static class ReservationOnTablesTests
{
    private const int Fit = 83;

    [Fact]
    public static async Task Two_hundred_requests_at_once_admit_exactly_what_fits_and_leave_no_trace_of_the_others()
    {
        using var engine = await EngineOnTables.CreateAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => engine.ReserveAsync($"r{number}")));

        Assert.Equal(Fit, outcomes.Count(outcome => outcome is ReserveOutcome.Admitted));
        Assert.All(
            outcomes.Where(outcome => outcome is not ReserveOutcome.Admitted),
            outcome => Assert.IsType<ReserveOutcome.OverLimit>(outcome));
        Assert.Equal(Fit * EngineOnTables.Hold, (await engine.MonthAsync()).Committed);
    }

    /// <summary>One worker books in batches what is admitted, as cost_attribution does with its reserved concurrency.</summary>
    [Fact]
    public static async Task Settlement_beside_reserves_never_takes_committed_over_the_limit()
    {
        using var engine = await EngineOnTables.CreateAsync();
        var admitted = Channel.CreateUnbounded<string>();

        async Task RequestAsync(string id)
        {
            var outcome = await engine.ReserveAsync(id);
            if (outcome is ReserveOutcome.Admitted passed)
            {
                Assert.InRange(Assert.Single(passed.Accounts)[Samples.MonthUsd].Committed, 0m, EngineOnTables.Limit);
                await admitted.Writer.WriteAsync(id);
                return;
            }

            Assert.IsType<ReserveOutcome.OverLimit>(outcome);
        }

        async Task<int> SettleAllAsync()
        {
            var settled = 0;
            while (await admitted.Reader.WaitToReadAsync())
            {
                var batch = new List<string>();
                while (batch.Count < 25 && admitted.Reader.TryRead(out var id))
                {
                    batch.Add(id);
                }

                Assert.Empty((await engine.SettleAsync(batch)).PostingsLeftOpen);
                settled += batch.Count;
            }

            return settled;
        }

        var settling = SettleAllAsync();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => RequestAsync($"r{number}")));
        admitted.Writer.Complete();
        var booked = await settling;

        var month = await engine.MonthAsync();
        Assert.InRange(booked, Fit, 200);
        Assert.Equal(booked * EngineOnTables.Cost, month.Settled);
        Assert.Equal(month.Settled, month.Committed);
    }

    [Fact]
    public static async Task An_admission_is_one_update_and_one_put_and_a_refusal_undoes_only_its_entry()
    {
        using var engine = await EngineOnTables.CreateAsync();
        Assert.IsType<ReserveOutcome.Admitted>(await engine.ReserveAsync("r0"));
        Assert.Equal(2, engine.Calls.RoundTrips);

        for (var number = 1; number < Fit; number++)
        {
            Assert.IsType<ReserveOutcome.Admitted>(await engine.ReserveAsync($"r{number}"));
        }

        engine.Calls.Clear();
        Assert.IsType<ReserveOutcome.OverLimit>(await engine.ReserveAsync("refused"));

        // The reserve and the put side by side, then the void.
        Assert.Equal(3, engine.Calls.RoundTrips);
        Assert.Equal(
            ["UpdateItem", "PutItem", "UpdateItem"],
            engine.Calls.Calls.OrderBy(call => call.Table).ThenBy(call => call.Action).Select(call => call.Action));
    }
}
