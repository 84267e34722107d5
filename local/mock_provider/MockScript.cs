using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AiGateway.Local.MockProvider;

/// <summary>Where a provider hangs up on its caller.</summary>
internal enum HangUp
{
    Never,

    /// <summary>Before a byte of the answer.</summary>
    Before,

    /// <summary>Half-way through the answer.</summary>
    Middle,
}

/// <summary>
/// What a request tells the mock to do: headers <c>x-mock-…</c>, which pass the gateway, or the same names with
/// underscores in the body's <c>mock</c> object; headers win. docs/gateway-operations.md lists them.
/// </summary>
internal sealed record MockScript
{
    /// <summary>The only provider that the rest of the script is for; the others answer normally. For failovers.</summary>
    public string? Only { get; init; }

    public int Status { get; init; } = StatusCodes.Status200OK;

    public HangUp HangUp { get; init; }

    public TimeSpan Delay { get; init; }

    public TimeSpan ChunkDelay { get; init; }

    /// <summary>Pieces that a stream comes in.</summary>
    public int Chunks { get; init; } = 4;

    /// <summary>Uncached input tokens; a quarter of the request's bytes unless given.</summary>
    public int? InputTokens { get; init; }

    /// <summary>Output tokens, bounded by the request's own limit.</summary>
    public int OutputTokens { get; init; } = 31;

    public int CacheRead { get; init; }

    public int CacheWrite { get; init; }

    public int Reasoning { get; init; }

    /// <summary>Answer without saying what was used.</summary>
    public bool NoUsage { get; init; }

    public static MockScript Read(IHeaderDictionary headers, JsonNode? body, string provider)
    {
        var fields = body?["mock"] as JsonObject;
        string? Text(string name) => headers.TryGetValue("x-mock-" + name, out var header)
            ? header.ToString()
            : fields?[name.Replace('-', '_')]?.ToString();
        int? Number(string name) =>
            int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        if (Text("only") is { } only && only != provider)
        {
            return new MockScript { Only = only };
        }

        return new MockScript
        {
            Only = Text("only"),
            Status = Math.Clamp(Number("status") ?? StatusCodes.Status200OK, 200, 599),
            HangUp = Enum.TryParse<HangUp>(Text("hang-up"), ignoreCase: true, out var hangUp) ? hangUp : HangUp.Never,
            Delay = Milliseconds(Number("delay-ms")),
            ChunkDelay = Milliseconds(Number("chunk-delay-ms")),
            Chunks = Math.Clamp(Number("chunks") ?? 4, 1, 1_000),
            InputTokens = Number("input-tokens"),
            OutputTokens = Number("output-tokens") ?? 31,
            CacheRead = Number("cache-read") ?? 0,
            CacheWrite = Number("cache-write") ?? 0,
            Reasoning = Number("reasoning") ?? 0,
            NoUsage = Text("no-usage") == "true",
        };
    }

    // Nothing waits longer than the longest request that a gateway allows.
    private static TimeSpan Milliseconds(int? number) => TimeSpan.FromMilliseconds(Math.Min(number ?? 0, 900_000));
}
