using System.Diagnostics;
using System.Globalization;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary><c>./dev prices bench</c>: what opening the book, looking up and pricing cost on this machine.</summary>
internal static class BenchCommand
{
    private const int Rounds = 1_000_000;
    private const int Openings = 20;

    private static readonly DateTimeOffset At = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    private static readonly BillableUsage Usage = new() { UncachedInput = 60, CacheRead = 2048, Output = 31 };

    internal static int Run(TextWriter output)
    {
        output.WriteLine($"first use, JIT included   {Milliseconds(FirstUse())} ms");
        output.WriteLine($"opening again, best of {Openings}  {Milliseconds(Opening())} ms");
        const string Model = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
        Measure(output, "exact look-up", new PriceQuery("aws.bedrock", Model, null, At, null));
        Measure(output, "normalised look-up", new PriceQuery(
            "aws.bedrock", "arn:aws:bedrock:us-east-1:1:inference-profile/" + Model, null, At, null));
        Measure(output, "unknown model", new PriceQuery("openai", "gpt-99", null, At, null));
        MeasureCost(output);
        return ExitCode.Done;
    }

    private static TimeSpan FirstUse()
    {
        var start = Stopwatch.GetTimestamp();
        _ = PriceBook.Default.Find(new PriceQuery("openai", "gpt-4o-mini", null, At, null));
        return Stopwatch.GetElapsedTime(start);
    }

    private static TimeSpan Opening()
    {
        var best = TimeSpan.MaxValue;
        for (var opening = 0; opening < Openings; opening++)
        {
            var start = Stopwatch.GetTimestamp();
            GC.KeepAlive(PriceBook.OpenGenerated());
            var took = Stopwatch.GetElapsedTime(start);
            best = took < best ? took : best;
        }

        return best;
    }

    private static void Measure(TextWriter output, string name, PriceQuery query) =>
        Measure(output, name, () => PriceBook.Default.Find(query));

    private static void MeasureCost(TextWriter output)
    {
        var query = new PriceQuery("openai", "gpt-4o-mini", null, At, null);
        var price = ((PriceLookup.Found)PriceBook.Default.Find(query)).Price;
        Measure(output, "cost of a line", () => price.CostOf(Usage, null));
    }

    private static void Measure(TextWriter output, string name, Func<object> work)
    {
        object last = name;
        for (var round = 0; round < Rounds / 10; round++)
        {
            last = work();
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
        {
            last = work();
        }

        var nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Rounds;
        bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / Rounds;
        GC.KeepAlive(last);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-26}{nanoseconds:0} ns, {bytes} bytes"));
    }

    private static string Milliseconds(TimeSpan time) =>
        time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture);
}
