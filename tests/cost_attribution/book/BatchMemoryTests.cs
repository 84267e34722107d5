using AiGateway.Domain.Identity;
using AiGateway.Domain.Pricing;
using AiGateway.Engine;
using AiGateway.Engine.Tests.Fakes;
using AiGateway.Tests;
using CostAttribution.Tests.Harness;

namespace CostAttribution.Tests.Book;

/// <summary>One process books batch after batch: what it remembers of one changes nothing in the next.</summary>
public static class BatchMemoryTests
{
    private const string Line =
        """
        {"scope":"request","request_id":"ID","started_at":"2026-11-21T14:26:23Z","client_id":"robot","http.status":200,
        "gen_ai.provider.name":"openai","gen_ai.request.model":"gpt-4o-mini","gen_ai.usage.input_tokens":1000000,
        "gen_ai.usage.output_tokens":0,"total_tokens":1000000,"service_tier":"default"}
        """;

    [Fact]
    public static async Task A_process_books_the_recorded_day_as_new_ones_would_batch_by_batch()
    {
        var (one, many) = (new World(), new World());
        var process = one.Start();
        foreach (var lines in Recorded.DayLog.Chunk(50))
        {
            var expected = await many.SendAsync(lines);
            var reply = await process(Payloads.Of(lines), World.Context());

            Assert.Equal((expected.Booked, expected.Ignored, expected.Bad), (reply.Booked, reply.Ignored, reply.Bad));
        }

        Assert.Equal(many.Books(), one.Books());
    }

    [Fact]
    public static async Task A_change_of_the_directory_or_of_the_prices_counts_from_the_next_batch_on()
    {
        var world = new World();
        var process = world.Start();
        await process(Payloads.Of([Named("r1")]), World.Context());
        Assert.Equal(0.15m, world.Usd("unattributed").Settled);

        world.Configuration = world.Configuration with
        {
            Directory = CallerDirectory.Empty with
            {
                Clients = new Dictionary<string, ClientRegistration> { ["robot"] = new("robot", "payments", null, false) },
            },
        };
        await process(Payloads.Of([Named("r2")]), World.Context());
        Assert.Equal(0.15m, world.Usd("payments").Settled);

        world.Configuration = world.Configuration with
        {
            Prices = PriceBook.Default.With([new("openai", "*", new DateOnly(2026, 1, 1), new OverrideTerms.Discount(50m))]),
        };
        await process(Payloads.Of([Named("r3")]), World.Context());
        Assert.Equal(0.225m, world.Usd("payments").Settled);
    }

    [Fact]
    public static async Task A_small_batch_after_a_large_one_knows_nothing_of_it()
    {
        var world = new World();
        var process = world.Start();
        await process(Payloads.Of([.. Enumerable.Range(0, 300).Select(number => Named($"r{number}"))]), World.Context());

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var again = await process(Payloads.Of([Named("r7"), Named("r8"), Named("r7")]), World.Context());
            Assert.Equal((3, 0, 3), (again.Lines, again.Booked, again.Duplicate));
        }

        var reply = await process(Payloads.Of([Named("n1"), Named("n2"), Named("n1")]), World.Context());
        Assert.Equal((3, 2, 1), (reply.Lines, reply.Booked, reply.Duplicate));
    }

    [Fact]
    public static async Task A_batch_that_failed_leaves_nothing_to_the_next_one()
    {
        var network = new BreakingNetwork();
        var world = new World { Network = network };
        var process = world.Start();
        await process(Payloads.Of([Named("r0")]), World.Context());

        network.IsDown = true;
        await Assert.ThrowsAsync<StoreFailedException>(() => process(Payloads.Of([Named("lost")]), World.Context()));
        network.IsDown = false;

        var reply = await process(Payloads.Of([Named("r1"), Named("r2"), Named("r1")]), World.Context());

        Assert.Equal((3, 2, 1), (reply.Lines, reply.Booked, reply.Duplicate));
    }

    private static string Named(string id) => Line.Replace("ID", id, StringComparison.Ordinal);

    private sealed class BreakingNetwork : INetwork
    {
        public bool IsDown { get; set; }

        public Task<StoreResult<T>> SendAsync<T>(StoreCall call, Func<StoreResult<T>> apply) => Task.FromResult(
            IsDown ? new StoreResult<T>.Failed(StoreFault.Unreachable, "down by the test") : apply());
    }
}
