#nullable disable

using System.Globalization;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What Lambda says about the function in its environment.</summary>
internal sealed record LambdaEnvironment(
    string FunctionName, string FunctionVersion, string LogGroupName, string LogStreamName, int MemoryLimitInMB)
{
    public const string TraceIdVariable = "_X_AMZN_TRACE_ID";

    private const string RuntimeApiVariable = "AWS_LAMBDA_RUNTIME_API";

    public static LambdaEnvironment Read() => new(
        Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME"),
        Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION"),
        Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME"),
        Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME"),
        Megabytes(Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")));

    /// <exception cref="InvalidOperationException">Neither the options nor the environment name it.</exception>
    public static Uri RuntimeApi(LambdaBootstrapOptions options)
    {
        var host = options.RuntimeApiEndpoint ?? Environment.GetEnvironmentVariable(RuntimeApiVariable);
        return string.IsNullOrEmpty(host)
            ? throw new InvalidOperationException($"{RuntimeApiVariable} is not set: Lambda starts this process.")
            : new Uri($"http://{host}/2018-06-01/runtime/");
    }

    private static int Megabytes(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var megabytes) ? megabytes : 0;
}
