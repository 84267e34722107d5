#nullable disable

using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The context of a running invocation.</summary>
internal sealed class LambdaContext(Invocation invocation, LambdaEnvironment environment, ILambdaSerializer serializer)
    : ILambdaContext
{
    public string AwsRequestId => invocation.RequestId;

    public IClientContext ClientContext => null;

    public string FunctionName => environment.FunctionName;

    public string FunctionVersion => environment.FunctionVersion;

    public ICognitoIdentity Identity => null;

    public string InvokedFunctionArn => invocation.InvokedFunctionArn;

    public ILambdaLogger Logger { get; } = new ConsoleLogger();

    public string LogGroupName => environment.LogGroupName;

    public string LogStreamName => environment.LogStreamName;

    public int MemoryLimitInMB => environment.MemoryLimitInMB;

    public TimeSpan RemainingTime =>
        DateTimeOffset.FromUnixTimeMilliseconds(invocation.DeadlineMilliseconds) - DateTimeOffset.UtcNow;

    public string TenantId => invocation.TenantId;

    public string TraceId => invocation.TraceId;

    public ILambdaSerializer Serializer => serializer;

    private sealed class ConsoleLogger : ILambdaLogger
    {
        public void Log(string message) => Console.Write(message);

        public void LogLine(string message) => Console.WriteLine(message);
    }
}
