using System.Text;

namespace Amazon.Lambda.Local.Tests;

/// <summary>An event as the Runtime API hands it out.</summary>
public sealed record LambdaEvent(string RequestId, byte[] Body)
{
    public string FunctionArn { get; init; } = "arn:aws:lambda:eu-west-1:111122223333:function:probe";

    public DateTimeOffset Deadline { get; init; } = DateTimeOffset.UtcNow.AddMinutes(1);

    public string? TraceId { get; init; }

    public static LambdaEvent Of(string json) => new(Guid.NewGuid().ToString(), Encoding.UTF8.GetBytes(json));
}
