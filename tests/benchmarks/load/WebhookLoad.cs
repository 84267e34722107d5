using System.Diagnostics;
using System.Globalization;
using AiGateway.Benchmarks.Results;
using AiGateway.Domain.Gateway;

namespace AiGateway.Benchmarks.Load;

/// <summary>What a load came to.</summary>
/// <param name="Answered">Questions with a decision, pass or reject.</param>
/// <param name="Errors">Anything else.</param>
/// <param name="Times">Of those that were answered.</param>
/// <param name="Elapsed">The whole time.</param>
internal sealed record LoadResult(long Answered, long Errors, Samples Times, TimeSpan Elapsed);

/// <summary>Callers of the webhook, each with one question at a time.</summary>
internal sealed class WebhookLoad(Uri url, int callers) : IDisposable
{
    private const int SamplesMax = 2_000_000;
    private const int BodyBytes = 4 * 1024;

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = callers })
    {
        BaseAddress = url,
        Timeout = TimeSpan.FromSeconds(30),
    };

    private readonly string body = $$$"""{"body":{"messages":[{"role":"user","content":"{{{new string('x', BodyBytes)}}}"}]}}""";

    public async Task<LoadResult> RunAsync(TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, began, time))));
        var elapsed = Stopwatch.GetElapsedTime(began);
        var times = new Samples(results.Sum(result => result.Times.Count));
        foreach (var ticks in results.SelectMany(result => result.Times))
        {
            times.Add(ticks);
        }

        return new LoadResult(results.Sum(result => result.Times.Count), results.Sum(result => result.Errors), times, elapsed);
    }

    public void Dispose() => http.Dispose();

    private async Task<(List<long> Times, long Errors)> CallAsync(int caller, long began, TimeSpan time)
    {
        var (times, errors) = (new List<long>(), 0L);
        while (Stopwatch.GetElapsedTime(began) < time && times.Count < SamplesMax)
        {
            var asked = Stopwatch.GetTimestamp();
            if (await AskAsync(caller))
            {
                times.Add(Stopwatch.GetTimestamp() - asked);
            }
            else
            {
                errors++;
            }
        }

        return (times, errors);
    }

    private async Task<bool> AskAsync(int caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookPaths.Decision)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        // Teams of their own, as far as there are callers: one team's account is one item, which one writer at a time can change.
        var team = string.Create(CultureInfo.InvariantCulture, $"load-{caller}");
        (string Name, string Value)[] headers =
        [
            (WebhookHeaders.RequestId, Guid.CreateVersion7().ToString()), (WebhookHeaders.Subject, team),
            (WebhookHeaders.ClientId, team), (WebhookHeaders.Team, team), (WebhookHeaders.Tier, "unlimited"),
            (WebhookHeaders.Provider, "openai"), (WebhookHeaders.Model, "gpt-4o-mini"), (WebhookHeaders.MaxTokens, "16"),
            (WebhookHeaders.Size, "4096"), (WebhookHeaders.External, "false"), (WebhookHeaders.Path, "/v1/chat/completions"),
            (WebhookHeaders.Attempt, "0"), (WebhookHeaders.Stream, "false"),
        ];
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await http.SendAsync(request);
            var answer = await response.Content.ReadAsStringAsync();
            // A refusal for a limit is a decision too; a store that could not be asked is not.
            return response.IsSuccessStatusCode && answer.Contains("\"action\"", StringComparison.Ordinal)
                && !answer.Contains("\"status_code\":503", StringComparison.Ordinal);
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
