using System.Text;
using System.Text.Json;

namespace AiGateway.Local.Tests.Stack;

/// <summary>The two doors beside the Function URL: any event, and log lines.</summary>
public sealed class InvokeApiTests : IAsyncLifetime
{
    private ProbeStack _stack = null!;
    private Uri _address = null!;

    public async ValueTask InitializeAsync()
    {
        _stack = await ProbeStack.StartAsync();
        _address = await _stack.Host.ServeInvokeApiAsync(0);
    }

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    [Fact]
    public async Task An_event_goes_to_the_function_as_it_is()
    {
        var (status, body, error) = await PostAsync("2015-03-31/functions/probe/invocations", """{"any":"event"}""");

        Assert.Equal((200, """{"any":"event"}""", null), (status, body, error));
    }

    [Fact]
    public async Task A_function_that_throws_is_200_with_lambdas_own_header()
    {
        var (status, body, error) = await PostAsync("2015-03-31/functions/probe/invocations", """{"rawPath":"/throw"}""");

        Assert.Equal((200, "Unhandled"), (status, error));
        Assert.Contains("InvalidOperationException", body);
    }

    [Fact]
    public async Task Log_lines_become_payloads_of_a_subscription()
    {
        var (status, body, _) = await PostAsync("cloudwatch-logs/probe?batch=2", "one\n\ntwo\r\nthree\n");

        Assert.Equal(200, status);
        var payloads = body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, payloads.Length);
        Assert.All(payloads, payload => Assert.StartsWith("{\"awslogs\":{\"data\":\"", payload));
    }

    [Theory]
    [InlineData("cloudwatch-logs/probe?batch=0", 400)]
    [InlineData("cloudwatch-logs/probe?batch=many", 400)]
    [InlineData("cloudwatch-logs/nobody", 404)]
    [InlineData("2015-03-31/functions/nobody/invocations", 404)]
    [InlineData("elsewhere", 404)]
    public async Task A_wrong_address_is_said_in_a_sentence(string path, int expected)
    {
        var (status, body, _) = await PostAsync(path, "line");

        Assert.Equal(expected, status);
        using var document = JsonDocument.Parse(body);
        Assert.NotEmpty(document.RootElement.GetProperty("errorMessage").GetString()!);
        Assert.Equal(0, _stack.Host.ProcessesStarted("probe"));
    }

    [Fact]
    public async Task An_event_above_six_megabytes_is_refused()
    {
        var (status, _, _) = await PostAsync("2015-03-31/functions/probe/invocations", new string(' ', (6 * 1024 * 1024) + 1));

        Assert.Equal(413, status);
    }

    private async Task<(int Status, string Body, string? Error)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _stack.Http.PostAsync(new Uri(_address, path), content);
        var error = response.Headers.TryGetValues("X-Amz-Function-Error", out var values) ? values.Single() : null;
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), error);
    }
}
