using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Lambda.CloudWatchLogsEvents;

namespace CostAttribution.Tests.Harness;

/// <summary>
/// Makes the events that a CloudWatch Logs subscription delivers. An event's id depends on its line only, as in a
/// redelivery.
/// </summary>
internal static class Payloads
{
    public const long Timestamp = 1_795_267_400_000;

    public static CloudWatchLogsEvent Of(IEnumerable<string> lines, string messageType = "DATA_MESSAGE")
    {
        var events = new JsonArray();
        var same = new Dictionary<string, int>();
        foreach (var line in lines)
        {
            var copy = same[line] = same.GetValueOrDefault(line) + 1;
            events.Add(new JsonObject
            {
                ["id"] = $"{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(line)))[..40]}{copy}",
                ["timestamp"] = Timestamp,
                ["message"] = line,
            });
        }

        var document = new JsonObject
        {
            ["messageType"] = messageType,
            ["owner"] = "123456789012",
            ["logGroup"] = "/ecs/gateway",
            ["logStream"] = "gateway/1",
            ["subscriptionFilters"] = new JsonArray("cost-attribution"),
            ["logEvents"] = events,
        };
        return Event(Encode(Encoding.UTF8.GetBytes(document.ToJsonString())));
    }

    public static CloudWatchLogsEvent Event(string data) => new() { Awslogs = new() { EncodedData = data } };

    public static string Encode(byte[] bytes) => Convert.ToBase64String(Zip(bytes));

    public static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }
}
