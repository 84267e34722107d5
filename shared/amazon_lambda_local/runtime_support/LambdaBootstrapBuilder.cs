#nullable disable

using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Puts the loop together: a handler, and what stands between its types and the Runtime API's bytes.</summary>
public class LambdaBootstrapBuilder
{
    private readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;
    private readonly ILambdaSerializer _serializer;
    private readonly LambdaBootstrapOptions _options = new();
    private HttpClient _httpClient;
    private LambdaBootstrapInitializer _initializer;

    private LambdaBootstrapBuilder(
        Func<Stream, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer)
    {
        _handler = handler;
        _serializer = serializer;
    }

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(
        Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer)
    {
        return new LambdaBootstrapBuilder(HandleAsync, serializer);

        async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
        {
            var reply = await handler(serializer.Deserialize<TInput>(input), context);
            var output = new MemoryStream();
            serializer.Serialize(reply, output);
            output.Position = 0;
            return output;
        }
    }

    public static LambdaBootstrapBuilder Create<TInput>(
        Func<TInput, ILambdaContext, Task> handler, ILambdaSerializer serializer)
    {
        return new LambdaBootstrapBuilder(HandleAsync, serializer);

        async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
        {
            await handler(serializer.Deserialize<TInput>(input), context);
            return Stream.Null;
        }
    }

    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler) =>
        new(handler, null);

    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task> handler)
    {
        return new LambdaBootstrapBuilder(HandleAsync, null);

        async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
        {
            await handler(input, context);
            return Stream.Null;
        }
    }

    /// <summary>A client of the caller's. Its time-out is set to hours: <c>next</c> waits for the next event.</summary>
    public LambdaBootstrapBuilder UseHttpClient(HttpClient httpClient)
    {
        _httpClient = httpClient;
        return this;
    }

    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    public LambdaBootstrapBuilder ConfigureOptions(Action<LambdaBootstrapOptions> configureOptions)
    {
        configureOptions(_options);
        return this;
    }

    public LambdaBootstrap Build() => new(_handler, _serializer, _initializer, _httpClient, _options);
}
