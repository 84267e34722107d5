using AiGateway.Domain.Pricing;

namespace AiGateway.Domain.Tests.Pricing;

/// <summary>A count that no request has refuses its line, whichever count it is.</summary>
public static class UsageChecksTests
{
    private static readonly (string Name, Func<LoggedUsage, long, LoggedUsage> With)[] Counts =
    [
        ("input", (usage, count) => usage with { Input = count }),
        ("cache read", (usage, count) => usage with { CacheRead = count }),
        ("cache creation", (usage, count) => usage with { CacheCreation = count }),
        ("output", (usage, count) => usage with { Output = count }),
        ("total", (usage, count) => usage with { Total = count }),
        ("reasoning", (usage, count) => usage with { Reasoning = count }),
        ("audio input", (usage, count) => usage with { InputAudio = count }),
        ("audio output", (usage, count) => usage with { OutputAudio = count }),
        ("image output", (usage, count) => usage with { OutputImage = count }),
        ("count", (usage, count) => usage with { CountTokens = count }),
        ("provider input", (usage, count) => usage with { ProviderInput = count }),
    ];

    private static readonly LoggedUsage None = new() { Provider = "openai" };

    [Fact]
    public static void Each_count_is_named_where_it_is_negative_or_more_than_any_request_has()
    {
        foreach (var (name, with) in Counts)
        {
            Assert.Equal($"A negative number of {name} tokens.", Refused(with(None, -1)));
            Assert.Equal($"More {name} tokens than any request has.", Refused(with(None, BillableUsage.CountMax + 1)));
            Assert.False(IsImpossible(with(None, BillableUsage.CountMax)), name);
            Assert.False(IsImpossible(with(None, 0)), name);
        }
    }

    [Fact]
    public static void Of_many_the_first_in_the_order_is_named()
    {
        for (var first = 0; first < Counts.Length; first++)
        {
            var usage = Counts.Skip(first).Aggregate(None, (wrong, count) => count.With(wrong, -1));

            Assert.Equal($"A negative number of {Counts[first].Name} tokens.", Refused(usage));
        }
    }

    private static bool IsImpossible(LoggedUsage usage) => UsageReading.Read(usage)
        is UsageResult.Refused(var reason) && (reason.StartsWith("A negative", StringComparison.Ordinal) || reason.EndsWith("than any request has.", StringComparison.Ordinal));

    private static string Refused(LoggedUsage usage) => Assert.IsType<UsageResult.Refused>(UsageReading.Read(usage)).Reason;
}
