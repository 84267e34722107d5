namespace AiGateway.Local.Stack;

/// <summary>The variables that Lambda sets for every function, with stand-ins for account and credentials.</summary>
internal static class LambdaEnvironment
{
    public const string Region = "us-east-1";
    public const string AccountId = "000000000000";

    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "LD_LIBRARY_PATH"];

    /// <summary>Everything that a process of <paramref name="spec"/> sees.</summary>
    /// <param name="spec">The function.</param>
    /// <param name="runtimeApi">Host and port of the process's own Runtime API.</param>
    /// <param name="instance">Number of the process, for its log stream.</param>
    public static Dictionary<string, string> For(FunctionSpec spec, string runtimeApi, int instance)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_LAMBDA_RUNTIME_API"] = runtimeApi,
            ["AWS_LAMBDA_FUNCTION_NAME"] = spec.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = spec.MemoryMegabytes.ToString(),
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{spec.Name}",
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = $"local/[$LATEST]{instance}",
            ["AWS_EXECUTION_ENV"] = "AWS_Lambda_local",
            ["AWS_REGION"] = Region,
            ["AWS_DEFAULT_REGION"] = Region,
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["LAMBDA_TASK_ROOT"] = Path.GetDirectoryName(Path.GetFullPath(spec.Program))!,
            ["LANG"] = "en_US.UTF-8",
            ["TZ"] = ":UTC",
            ["_HANDLER"] = "bootstrap",
        };
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                variables[name] = value;
            }
        }

        foreach (var (name, value) in spec.Environment)
        {
            variables[name] = value;
        }

        return variables;
    }
}
