using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace AiGateway.Aws;

/// <summary>
/// The SDK's client, with an observer where every request passes: no call of any table can go by it. It stands behind
/// the SDK's own retries, so that it would see them.
/// </summary>
internal sealed class ObservedDynamoDbClient : AmazonDynamoDBClient
{
    private readonly Handler handler;

    public ObservedDynamoDbClient(AWSCredentials credentials, AmazonDynamoDBConfig config, IDynamoObserver observer)
        : base(credentials, config)
    {
        handler = new Handler(observer);
        RuntimePipeline.AddHandlerAfter<RetryHandler>(handler);
    }

    private sealed class Handler(IDynamoObserver observer) : PipelineHandler
    {
        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            observer.Sending(DynamoCallNames.Of(executionContext.RequestContext.OriginalRequest));
            return await base.InvokeAsync<T>(executionContext);
        }
    }
}
