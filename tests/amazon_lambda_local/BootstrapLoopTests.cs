using System.Net;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace Amazon.Lambda.Local.Tests;

public sealed class BootstrapLoopTests
{
    [Fact]
    public async Task Sends_the_reply_of_the_handler_and_asks_for_the_next_event()
    {
        await using var api = new RuntimeApiServer();
        await using var function = RunningFunction.Start<ProbeEvent, ProbeReply>(api, GreetAsync);

        var first = await api.InvokeAsync("""{"name":"Ada"}""");
        var second = await api.InvokeAsync("""{"name":"Grace"}""");

        Assert.True(first.IsReply);
        Assert.Equal("""{"Greeting":"Hello Ada"}""", first.Body);
        Assert.Equal("application/json", first.ContentType);
        Assert.Equal("""{"Greeting":"Hello Grace"}""", second.Body);
    }

    [Fact]
    public async Task Reports_what_the_handler_throws_and_serves_the_next_event()
    {
        await using var api = new RuntimeApiServer();
        await using var function = RunningFunction.Start<ProbeEvent, ProbeReply>(api, (input, context) =>
            input.Count < 0 ? throw new ProbeFailedException("below zero") : GreetAsync(input, context));

        var failed = await api.InvokeAsync("""{"count":-1}""");
        var served = await api.InvokeAsync("""{"name":"Ada"}""");

        Assert.Equal("error", failed.Kind);
        Assert.Equal(nameof(ProbeFailedException), failed.ErrorType);
        using var document = JsonDocument.Parse(failed.Body);
        Assert.Equal(nameof(ProbeFailedException), document.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("below zero", document.RootElement.GetProperty("errorMessage").GetString());
        Assert.True(served.IsReply);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"count":"many"}""")]
    [InlineData("")]
    public async Task Reports_an_event_that_cannot_be_read_and_serves_the_next_event(string body)
    {
        await using var api = new RuntimeApiServer();
        await using var function = RunningFunction.Start<ProbeEvent, ProbeReply>(api, GreetAsync);

        var failed = await api.InvokeAsync(body);
        var served = await api.InvokeAsync("""{"name":"Ada"}""");

        Assert.Equal("error", failed.Kind);
        Assert.Equal("JsonSerializerException", failed.ErrorType);
        Assert.True(served.IsReply);
    }

    [Fact]
    public async Task Serves_a_handler_without_a_reply()
    {
        await using var api = new RuntimeApiServer();
        var seen = new List<string?>();
        Func<ProbeEvent, ILambdaContext, Task> handler = (input, _) =>
        {
            seen.Add(input.Name);
            return Task.CompletedTask;
        };
        var builder = LambdaBootstrapBuilder.Create<ProbeEvent>(handler, RunningFunction.Serializer());
        await using var function = RunningFunction.Start(api, builder);

        var answer = await api.InvokeAsync("""{"name":"Ada"}""");

        Assert.True(answer.IsReply);
        Assert.Empty(answer.Bytes);
        Assert.Equal(["Ada"], seen);
    }

    [Fact]
    public async Task Carries_six_megabytes_in_and_out()
    {
        await using var api = new RuntimeApiServer();
        Func<Stream, ILambdaContext, Task<Stream>> echo = async (input, _) =>
        {
            var copy = new MemoryStream();
            await input.CopyToAsync(copy);
            copy.Position = 0;
            return copy;
        };
        await using var function = RunningFunction.Start(api, LambdaBootstrapBuilder.Create(echo));
        var body = new byte[6 * 1024 * 1024];
        new Random(20261121).NextBytes(body);

        var answer = await api.InvokeAsync(new LambdaEvent("large", body));

        Assert.True(answer.IsReply);
        Assert.True(body.AsSpan().SequenceEqual(answer.Bytes), "The six megabytes came back changed.");
    }

    [Fact]
    public async Task Hands_over_the_request_id_the_function_and_the_time_left()
    {
        await using var api = new RuntimeApiServer();
        ILambdaContext? seen = null;
        var left = TimeSpan.Zero;
        await using var function = RunningFunction.Start<ProbeEvent, ProbeReply>(api, (input, context) =>
        {
            seen = context;
            left = context.RemainingTime;
            return GreetAsync(input, context);
        });
        var lambdaEvent = LambdaEvent.Of("{}") with { Deadline = DateTimeOffset.UtcNow.AddMinutes(10) };

        await api.InvokeAsync(lambdaEvent);

        Assert.Equal(lambdaEvent.RequestId, seen!.AwsRequestId);
        Assert.Equal(lambdaEvent.FunctionArn, seen.InvokedFunctionArn);
        Assert.InRange(left, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Time_left_is_negative_once_the_deadline_has_passed()
    {
        await using var api = new RuntimeApiServer();
        var left = TimeSpan.MaxValue;
        await using var function = RunningFunction.Start<ProbeEvent, ProbeReply>(api, (input, context) =>
        {
            left = context.RemainingTime;
            return GreetAsync(input, context);
        });

        await api.InvokeAsync(LambdaEvent.Of("{}") with { Deadline = DateTimeOffset.UtcNow.AddSeconds(-5) });

        Assert.True(left < TimeSpan.Zero, $"{left} was left.");
    }

    [Fact]
    public async Task Puts_the_trace_id_of_the_event_into_the_environment()
    {
        await using var api = new RuntimeApiServer();
        var seen = new List<string?>();
        await using var function = RunningFunction.Start<ProbeEvent, ProbeReply>(api, (input, context) =>
        {
            seen.Add(Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"));
            return GreetAsync(input, context);
        });
        const string TraceId = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";

        await api.InvokeAsync(LambdaEvent.Of("{}") with { TraceId = TraceId });
        await api.InvokeAsync(LambdaEvent.Of("{}"));

        Assert.Equal(TraceId, seen[0]);
        Assert.True(string.IsNullOrEmpty(seen[1]), "The trace id of another event was still there.");
    }

    [Fact]
    public async Task Reports_a_failed_initialisation_with_all_it_says_and_ends()
    {
        await using var api = new RuntimeApiServer();
        var builder = LambdaBootstrapBuilder
            .Create<ProbeEvent, ProbeReply>((Func<ProbeEvent, ILambdaContext, Task<ProbeReply>>)GreetAsync,
                RunningFunction.Serializer())
            .UseBootstrapHandler(() => throw new ProbeFailedException("A is not set; B is not set"));
        await using var function = RunningFunction.Start(api, builder);

        await Assert.ThrowsAsync<ProbeFailedException>(() => function.Loop);
        var reported = await api.InitError.WaitAsync(TimeSpan.FromSeconds(30));

        using var document = JsonDocument.Parse(reported.Body);
        Assert.Equal("A is not set; B is not set", document.RootElement.GetProperty("errorMessage").GetString());
        Assert.Equal(0, api.NextCalls);
    }

    [Fact]
    public async Task Asks_for_no_event_when_the_initialisation_says_no()
    {
        await using var api = new RuntimeApiServer();
        var builder = LambdaBootstrapBuilder
            .Create<ProbeEvent, ProbeReply>((Func<ProbeEvent, ILambdaContext, Task<ProbeReply>>)GreetAsync,
                RunningFunction.Serializer())
            .UseBootstrapHandler(() => Task.FromResult(false));
        await using var function = RunningFunction.Start(api, builder);

        await function.Loop.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(0, api.NextCalls);
    }

    [Fact]
    public async Task Ends_quietly_when_it_is_cancelled_while_it_waits()
    {
        await using var api = new RuntimeApiServer();
        await using var function = RunningFunction.Start<ProbeEvent, ProbeReply>(api, GreetAsync);
        await api.InvokeAsync("{}");

        await function.StopAsync();

        Assert.True(function.Loop.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_refused_next_ends_the_process_so_that_Lambda_starts_another(HttpStatusCode status)
    {
        await using var api = new RuntimeApiServer { NextStatus = status };
        await using var function = RunningFunction.Start<ProbeEvent, ProbeReply>(api, GreetAsync);

        await Assert.ThrowsAnyAsync<Exception>(() => function.Loop.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.True(function.Loop.IsFaulted);
        Assert.Equal(1, api.NextCalls);
    }

    [Fact]
    public async Task A_refused_reply_ends_the_process_too()
    {
        await using var api = new RuntimeApiServer { ReplyStatus = HttpStatusCode.RequestEntityTooLarge };
        await using var function = RunningFunction.Start<ProbeEvent, ProbeReply>(api, GreetAsync);

        await api.InvokeAsync("{}");
        await Assert.ThrowsAnyAsync<Exception>(() => function.Loop.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.True(function.Loop.IsFaulted);
    }

    [Fact]
    public async Task Bounds_the_error_that_it_reports()
    {
        await using var api = new RuntimeApiServer();
        await using var function = RunningFunction.Start<ProbeEvent, ProbeReply>(
            api, (_, _) => throw new ProbeFailedException(new string('x', 3_000_000)));

        var failed = await api.InvokeAsync("{}");

        Assert.Equal("error", failed.Kind);
        Assert.InRange(failed.Bytes.Length, 1, 256 * 1024);
        using var document = JsonDocument.Parse(failed.Body);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }

    private static Task<ProbeReply> GreetAsync(ProbeEvent input, ILambdaContext context) =>
        Task.FromResult(new ProbeReply { Greeting = $"Hello {input.Name}" });

    private sealed class ProbeFailedException(string message) : Exception(message);
}
