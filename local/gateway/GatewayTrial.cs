using System.Net.Http.Headers;
using System.Text;

namespace AiGateway.Local.Gateway;

/// <summary>One request of the trial.</summary>
/// <param name="About">What it shows.</param>
/// <param name="Team">Whose token it carries; null: none.</param>
/// <param name="Path">Where it goes.</param>
/// <param name="Body">What it says.</param>
/// <param name="Expected">The status that is right.</param>
internal sealed record TrialRequest(string About, string? Team, string Path, string Body, int Expected)
{
    /// <summary>What the mock provider is told, through the gateway.</summary>
    public IReadOnlyDictionary<string, string> MockHeaders { get; init; } = new Dictionary<string, string>();
}

/// <summary>A few requests through a gateway, a refusal and a failover among them.</summary>
internal static class GatewayTrial
{
    private const string Hello = "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello.\"}]";

    public static IReadOnlyList<TrialRequest> Requests { get; } =
    [
        new("an OpenAI client on Bedrock", "payments", "/v1/chat/completions", $"{{\"model\":\"fast\",{Hello}}}", 200),
        new("the same, as a stream", "payments", "/v1/chat/completions", $"{{\"model\":\"fast\",\"stream\":true,{Hello}}}", 200),
        new("an Anthropic client on Bedrock", "payments", "/v1/messages", $"{{\"model\":\"smart\",\"max_tokens\":100,{Hello}}}", 200),
        new("Bedrock fails: Anthropic answers", "payments", "/v1/chat/completions", $"{{\"model\":\"fast\",{Hello}}}", 200)
        {
            MockHeaders = new Dictionary<string, string> { ["x-mock-only"] = "bedrock", ["x-mock-status"] = "503" },
        },
        new("OpenAI", "payments", "/openai/v1/chat/completions", $"{{\"model\":\"gpt-4o-mini\",{Hello}}}", 200),
        new("embeddings", "payments", "/openai/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":\"hello\"}", 200),
        // 128 answers of 32,000 tokens each: more than the sandbox team's 25 dollars.
        new("a request that a budget cannot hold", "research", "/openai/v1/chat/completions",
            $"{{\"model\":\"gpt-4o\",\"n\":128,\"max_tokens\":32000,{Hello}}}", 402),
        new("no token", null, "/v1/chat/completions", $"{{\"model\":\"fast\",{Hello}}}", 401),
        new("a path that is not served", "payments", "/v1/images/generations", $"{{\"model\":\"fast\",{Hello}}}", 404),
    ];

    /// <summary>Sends each and says what came back.</summary>
    /// <returns>How many came back otherwise than expected.</returns>
    public static async Task<int> RunAsync(Uri gateway, LocalIssuer issuer, TextWriter output, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromMinutes(1) };
        var wrong = 0;
        foreach (var request in Requests)
        {
            using var answer = await http.SendAsync(Message(request, issuer), stop);
            var text = await answer.Content.ReadAsStringAsync(stop);
            var status = (int)answer.StatusCode;
            wrong += status == request.Expected ? 0 : 1;
            var verdict = status == request.Expected ? "ok " : "BAD";
            await output.WriteLineAsync($"{verdict} {status} (expected {request.Expected})  {request.Path,-30} {request.About}");
            if (status != 200)
            {
                await output.WriteLineAsync($"      {text.Trim()[..Math.Min(text.Trim().Length, 200)]}");
            }
        }

        return wrong;
    }

    private static HttpRequestMessage Message(TrialRequest request, LocalIssuer issuer)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, request.Path)
        {
            Content = new StringContent(request.Body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in request.MockHeaders)
        {
            message.Headers.Add(name, value);
        }

        if (request.Team is { } team)
        {
            var tier = team == "research" ? "sandbox" : "standard";
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", issuer.Token(team, tier, DateTimeOffset.UtcNow));
        }

        return message;
    }
}
