using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.CloudWatchLogsEvents;

namespace Amazon.Lambda.Local.Tests;

public sealed class ProbeEvent
{
    public string? Name { get; set; }

    public int Count { get; set; }

    /// <summary>One of the names that the naming policy spells as S3 does.</summary>
    public string? XAmzRequestId { get; set; }

    public string? XAmzId2 { get; set; }
}

public sealed class ProbeReply
{
    public string? Greeting { get; set; }

    public string? Absent { get; set; }
}

public sealed class NotInTheContext
{
    public string? Name { get; set; }
}

[JsonSerializable(typeof(ProbeEvent))]
[JsonSerializable(typeof(ProbeReply))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
[JsonSerializable(typeof(CloudWatchLogsEvent))]
public sealed partial class ProbeJson : JsonSerializerContext;
