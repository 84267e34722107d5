#nullable disable

namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

/// <summary>For tests only: what Lambda itself says in the environment.</summary>
public class LambdaBootstrapOptions
{
    /// <summary>Host and port of the Runtime API, instead of <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string RuntimeApiEndpoint { get; set; }
}
