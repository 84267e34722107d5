using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace AiGateway.Lambda;

/// <summary>What a function's <c>Main</c> runs: composes its handler once, then serves events with it.</summary>
/// <remarks>
/// A failure to compose (a <see cref="SettingsException"/> above all) is reported to Lambda as an initialisation error
/// with all that it says, and the process exits with 1. A failed call of the Runtime API throws.
/// </remarks>
public static class LambdaHost
{
    /// <summary>Serves events that have a reply.</summary>
    /// <param name="compose">Reads the settings and builds the handler.</param>
    /// <param name="serializer">Of the function's own source-generated context.</param>
    /// <param name="runtimeApi">Host and port of the Runtime API; null: Lambda's environment names it.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync<TInput, TOutput>(
        Func<Func<TInput, ILambdaContext, Task<TOutput>>> compose,
        ILambdaSerializer serializer,
        string? runtimeApi = null,
        CancellationToken stop = default)
    {
        Func<TInput, ILambdaContext, Task<TOutput>>? handler = null;
        Func<TInput, ILambdaContext, Task<TOutput>> handle = (input, context) => handler!(input, context);
        return RunAsync(
            LambdaBootstrapBuilder.Create<TInput, TOutput>(handle, serializer),
            () => handler = compose(),
            runtimeApi,
            stop);
    }

    /// <summary>Serves events without a reply: done, or the exception that makes Lambda deliver it again.</summary>
    /// <inheritdoc cref="RunAsync{TInput,TOutput}"/>
    public static Task<int> RunAsync<TInput>(
        Func<Func<TInput, ILambdaContext, Task>> compose,
        ILambdaSerializer serializer,
        string? runtimeApi = null,
        CancellationToken stop = default)
    {
        Func<TInput, ILambdaContext, Task>? handler = null;
        Func<TInput, ILambdaContext, Task> handle = (input, context) => handler!(input, context);
        return RunAsync(
            LambdaBootstrapBuilder.Create<TInput>(handle, serializer),
            () => handler = compose(),
            runtimeApi,
            stop);
    }

    private static async Task<int> RunAsync(
        LambdaBootstrapBuilder builder, Action compose, string? runtimeApi, CancellationToken stop)
    {
        if (runtimeApi is not null)
        {
            builder = builder.ConfigureOptions(options => options.RuntimeApiEndpoint = runtimeApi);
        }

        var composed = false;
        using var bootstrap = builder
            .UseBootstrapHandler(() =>
            {
                compose();
                composed = true;
                return Task.FromResult(true);
            })
            .Build();
        try
        {
            await bootstrap.RunAsync(stop);
            return 0;
        }
        catch (Exception) when (!composed)
        {
            // The bootstrap has reported it and written it to standard error.
            return 1;
        }
    }
}
