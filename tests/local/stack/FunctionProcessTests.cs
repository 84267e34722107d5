using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AiGateway.Local.Stack;

namespace AiGateway.Local.Tests.Stack;

/// <summary>How a function's processes live and die: as in Lambda.</summary>
public sealed class FunctionProcessTests
{
    [Fact]
    public async Task One_process_handles_one_event_after_the_other()
    {
        await using var stack = await ProbeStack.StartAsync(environment: ("PROBE_SETTING", "set"));

        var first = await ContextAsync(stack);
        var second = await ContextAsync(stack);

        Assert.NotEqual(first[0], second[0]);
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:probe", first[1]);
        Assert.Equal(["probe", "True"], first[2..4]);
        Assert.StartsWith("Root=1-", first[4]);
        Assert.Equal("set", first[5]);
        Assert.Equal(first[^1], second[^1]);
        Assert.Equal(1, stack.Host.ProcessesStarted("probe"));
    }

    [Fact]
    public async Task A_function_inherits_nothing_of_the_stacks_environment()
    {
        Environment.SetEnvironmentVariable("PROBE_PARENT_SECRET", "not for functions");
        await using var stack = await ProbeStack.StartAsync();

        var said = await ContextAsync(stack);

        Assert.Equal("none", said[6]);
    }

    [Fact]
    public async Task Events_at_the_same_time_get_a_process_each()
    {
        await using var stack = await ProbeStack.StartAsync(spec => spec with { ConcurrencyMax = 2 });

        var hanging = stack.PostAsync("hang");
        var said = await ContextAsync(stack);

        Assert.NotEmpty(said);
        Assert.Equal(2, stack.Host.ProcessesStarted("probe"));
        Assert.False(hanging.IsCompleted);
    }

    [Fact]
    public async Task Above_the_reserved_concurrency_an_event_is_throttled()
    {
        await using var stack = await ProbeStack.StartAsync(spec => spec with { QueueTime = TimeSpan.Zero });
        var hanging = stack.PostAsync("hang");
        while (stack.Host.ProcessesStarted("probe") == 0)
        {
            await Task.Yield();
        }

        var (status, body) = await stack.PostAsync("x");

        Assert.Equal(429, status);
        Assert.Contains("ReservedFunctionConcurrentInvocationLimitExceeded", body);
        Assert.False(hanging.IsCompleted);
    }

    [Fact]
    public async Task A_function_that_does_not_answer_in_time_is_killed_and_started_again()
    {
        await using var stack = await ProbeStack.StartAsync(spec => spec with { Timeout = TimeSpan.FromSeconds(3) });

        var before = await ContextAsync(stack);
        var (status, _) = await stack.PostAsync("hang");
        var after = await ContextAsync(stack);

        Assert.Equal(502, status);
        Assert.Contains("Task timed out after 3.00 seconds", stack.Log);
        Assert.NotEqual(before[^1], after[^1]);
        Assert.False(IsRunning(int.Parse(before[^1])));
    }

    [Fact]
    public async Task A_crash_is_reported_and_the_next_event_gets_a_new_process()
    {
        await using var stack = await ProbeStack.StartAsync();

        var (status, _) = await stack.PostAsync("exit");
        var after = await ContextAsync(stack);

        Assert.Equal(502, status);
        Assert.Contains("Runtime exited with error: exit status 7", stack.Log);
        Assert.NotEmpty(after);
        Assert.Equal(2, stack.Host.ProcessesStarted("probe"));
    }

    [Fact]
    public async Task A_throwing_function_keeps_its_process()
    {
        await using var stack = await ProbeStack.StartAsync();

        var result = await stack.Host.InvokeAsync("probe", Encoding.UTF8.GetBytes("""{"rawPath":"/throw"}"""));
        await ContextAsync(stack);

        var failed = Assert.IsType<InvocationResult.Failed>(result);
        Assert.Equal("InvalidOperationException", failed.ErrorType);
        Assert.Contains("Thrown on demand.", Encoding.UTF8.GetString(failed.Payload.Span));
        Assert.Equal(1, stack.Host.ProcessesStarted("probe"));
    }

    [Theory]
    [InlineData("PROBE_BAD_SETTINGS", "1", "PROBE_BAD_SETTINGS is set.")]
    [InlineData("PROBE_EXIT_AT_START", "5", "exit status 5")]
    public async Task A_function_that_does_not_start_fails_the_event_and_says_why(string name, string value, string why)
    {
        await using var stack = await ProbeStack.StartAsync(environment: (name, value));

        var (status, body) = await stack.PostAsync("x");

        Assert.Equal(502, status);
        Assert.Equal("Internal Server Error", body);
        Assert.Contains(why, stack.Log);
    }

    [Fact]
    public async Task A_program_that_is_missing_fails_the_event_and_not_the_stack()
    {
        await using var stack = await ProbeStack.StartAsync(spec => spec with { Program = "/nowhere/bootstrap" });

        var (status, body) = await stack.PostAsync("x");

        Assert.Equal(502, status);
        Assert.Equal("Internal Server Error", body);
        Assert.Contains("/nowhere/bootstrap", stack.Log);
    }

    [Fact]
    public async Task No_process_outlives_the_stack()
    {
        var stack = await ProbeStack.StartAsync(spec => spec with { ConcurrencyMax = 2 });
        var hanging = stack.PostAsync("hang");
        await ContextAsync(stack);
        var running = stack.Host.ProcessIds();

        await stack.DisposeAsync();

        Assert.Equal(2, running.Count);
        Assert.DoesNotContain(running, IsRunning);
        await Assert.ThrowsAnyAsync<Exception>(() => hanging);
    }

    private static async Task<string[]> ContextAsync(ProbeStack stack)
    {
        var (status, body) = await stack.PostAsync("context");
        Assert.Equal(200, status);
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetString()!.Split(' ');
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
