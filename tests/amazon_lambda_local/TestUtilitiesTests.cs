using Amazon.Lambda.Core;
using Amazon.Lambda.TestUtilities;

namespace Amazon.Lambda.Local.Tests;

public static class TestUtilitiesTests
{
    [Fact]
    public static void A_test_context_is_what_the_test_sets()
    {
        ILambdaContext context = new TestLambdaContext
        {
            AwsRequestId = "id",
            FunctionName = "budget_enforcement",
            MemoryLimitInMB = 256,
            RemainingTime = TimeSpan.FromSeconds(3),
        };

        Assert.Equal("id", context.AwsRequestId);
        Assert.Equal("budget_enforcement", context.FunctionName);
        Assert.Equal(256, context.MemoryLimitInMB);
        Assert.Equal(TimeSpan.FromSeconds(3), context.RemainingTime);
    }

    [Fact]
    public static void A_test_logger_keeps_what_is_logged_at_any_level()
    {
        var logger = new TestLambdaLogger();

        logger.LogLine("plain");
        ((ILambdaLogger)logger).LogWarning("careful");
        ((ILambdaLogger)logger).LogError(new InvalidOperationException("broken"), "failed");

        var kept = logger.Buffer.ToString();
        Assert.Contains("plain", kept, StringComparison.Ordinal);
        Assert.Contains("careful", kept, StringComparison.Ordinal);
        Assert.Contains("broken", kept, StringComparison.Ordinal);
    }

    [Fact]
    public static void Test_utilities_are_an_assembly_of_their_own_so_that_no_function_sees_them()
    {
        Assert.NotEqual(typeof(ILambdaContext).Assembly, typeof(TestLambdaContext).Assembly);
    }
}
