namespace AiGateway.Aws;

/// <summary>What calls are signed with.</summary>
/// <param name="AccessKeyId">Is sent.</param>
/// <param name="SecretAccessKey">Is not.</param>
/// <param name="SessionToken">Of temporary credentials, such as a role's; null: none.</param>
public sealed record DynamoCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken)
{
    /// <summary>DynamoDB Local takes any.</summary>
    public static DynamoCredentials Local { get; } = new("local", "local", null);

    /// <summary>
    /// As Lambda gives them: in the environment, for as long as the execution environment lives. Null: there are none.
    /// </summary>
    public static DynamoCredentials? OfEnvironment() =>
        Variable("AWS_ACCESS_KEY_ID") is { } id && Variable("AWS_SECRET_ACCESS_KEY") is { } secret
            ? new DynamoCredentials(id, secret, Variable("AWS_SESSION_TOKEN"))
            : null;

    /// <summary>Never the secret: a record would print it.</summary>
    public override string ToString() => AccessKeyId;

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
