using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiGateway.Aws;

namespace AiGateway.Tests.Support;

/// <summary>
/// Counts the request units that DynamoDB would bill: asks for them in every request and adds up what the answers say, indexes included. Only of
/// transactions DynamoDB Local says too little, so their parts are counted here, by AWS's rules: two units for each begun kilobyte of an item.
/// </summary>
public sealed class CapacityMeter() : DelegatingHandler(new SocketsHttpHandler())
{
    private const string TargetHeader = "X-Amz-Target";
    private static readonly string[] Reads = ["GetItem", "Query", "Scan", "BatchGetItem"];

    private readonly Lock gate = new();

    /// <summary>Units of writes, those of transactions (which count twice) and indexes among them.</summary>
    public decimal WriteUnits { get; private set; }

    public decimal ReadUnits { get; private set; }

    public int RoundTrips { get; private set; }

    /// <summary>A client whose calls are counted.</summary>
    public DynamoClient Client(Uri endpoint) => new(
        new DynamoSettings(TestTables.Region, endpoint, TestTables.StoreTimeout),
        DynamoCredentials.Local,
        null,
        this,
        TimeProvider.System);

    public void Clear()
    {
        lock (gate)
        {
            (WriteUnits, ReadUnits, RoundTrips) = (0m, 0m, 0);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        var target = request.Headers.NonValidated[TargetHeader].ToString();
        var body = JsonNode.Parse(await request.Content!.ReadAsByteArrayAsync(stop))!.AsObject();
        body["ReturnConsumedCapacity"] = "INDEXES";
        request.Content = new StringContent(body.ToJsonString(), null, "application/x-amz-json-1.0");
        // The signature is of the other body, and DynamoDB Local does not check it.
        var response = await base.SendAsync(request, stop);
        await response.Content.LoadIntoBufferAsync(stop);
        var operation = target[(target.LastIndexOf('.') + 1)..];
        var transacted = operation == "TransactWriteItems" ? TransactionUnits(body["TransactItems"]!.AsArray()) : (decimal?)null;
        Count(operation, transacted, await response.Content.ReadAsByteArrayAsync(stop));
        return response;
    }

    private void Count(string operation, decimal? transacted, byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        var units = transacted ?? (json.RootElement.TryGetProperty("ConsumedCapacity", out var consumed) ? Sum(consumed) : 0m);
        lock (gate)
        {
            RoundTrips++;
            if (Reads.Contains(operation))
            {
                ReadUnits += units;
            }
            else
            {
                WriteUnits += units;
            }
        }
    }

    // Updates and deletes are of account items and postings, which other tests hold below a kilobyte.
    private static decimal TransactionUnits(JsonArray parts) => parts.Sum(part =>
        2m * (part!["Put"] is { } put ? Math.Ceiling(SizeBytes(put["Item"]!.AsObject()) / 1024m) : 1m));

    private static decimal SizeBytes(JsonObject map) =>
        map.Sum(member => Encoding.UTF8.GetByteCount(member.Key) + SizeOf(member.Value!.AsObject().Single()));

    // "DynamoDB item sizes and formats": text in UTF-8; a byte for two digits and one more; three for a list or map, and one for each element.
    private static decimal SizeOf(KeyValuePair<string, JsonNode?> value) => value.Key switch
    {
        "S" => Encoding.UTF8.GetByteCount(value.Value!.GetValue<string>()),
        "N" => ((value.Value!.GetValue<string>().Count(char.IsAsciiDigit) + 1) / 2) + 1,
        "M" => 3 + value.Value!.AsObject().Count + SizeBytes(value.Value.AsObject()),
        "L" => 3 + value.Value!.AsArray().Sum(one => 1 + SizeOf(one!.AsObject().Single())),
        _ => 1,
    };

    // One table's, or a list of them where a call names several.
    private static decimal Sum(JsonElement consumed) => consumed.ValueKind == JsonValueKind.Array
        ? consumed.EnumerateArray().Sum(Sum)
        : decimal.Parse(consumed.GetProperty("CapacityUnits").GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
