namespace AiGateway.Local.Stack;

/// <summary>How the stack runs one function: what a Terraform module says of it in the cloud.</summary>
/// <param name="Name">The capability's name, such as <c>budget_enforcement</c>.</param>
/// <param name="Program">Path of the function's build: a <c>.dll</c> (run by <c>dotnet</c>) or the native <c>bootstrap</c>.</param>
/// <param name="Environment">Its own variables. What Lambda sets for every function is added; nothing else is inherited.</param>
/// <param name="Timeout">How long an event may take from its delivery to its answer; then the process is killed.</param>
public sealed record FunctionSpec(
    string Name, string Program, IReadOnlyDictionary<string, string> Environment, TimeSpan Timeout)
{
    /// <summary>Processes at most: a function's reserved concurrency. Each handles one event at a time.</summary>
    public int ConcurrencyMax { get; init; } = 2;

    /// <summary>
    /// How long an event waits for a free process before it is throttled. Lambda does not wait; a laptop has fewer cores than
    /// Lambda has machines.
    /// </summary>
    public TimeSpan QueueTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the process's start to its first call for an event. Generous: a JIT build on a busy machine.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public int MemoryMegabytes { get; init; } = 512;

    public string Arn => $"arn:aws:lambda:{LambdaEnvironment.Region}:{LambdaEnvironment.AccountId}:function:{Name}";
}
