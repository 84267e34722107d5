using System.Text.Json;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Names stay as they are, but for the two of S3's events that no C# name can spell.</summary>
internal sealed class AwsNamingPolicy : JsonNamingPolicy
{
    public override string ConvertName(string name) => name switch
    {
        "XAmzId2" => "x-amz-id-2",
        "XAmzRequestId" => "x-amz-request-id",
        _ => name,
    };
}
