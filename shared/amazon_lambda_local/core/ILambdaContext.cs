#nullable disable

namespace Amazon.Lambda.Core;

/// <summary>What a handler learns about its invocation and its function.</summary>
public interface ILambdaContext
{
    string AwsRequestId { get; }

    IClientContext ClientContext { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    ICognitoIdentity Identity { get; }

    string InvokedFunctionArn { get; }

    ILambdaLogger Logger { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    int MemoryLimitInMB { get; }

    /// <summary>Until the service ends the invocation; negative once it should have.</summary>
    TimeSpan RemainingTime { get; }

    string TenantId => null;

    string TraceId => null;

    ILambdaSerializer Serializer => null;
}
