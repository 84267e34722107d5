using System.Text.Json;

namespace AiGateway.Local.Stack;

/// <summary>What a SigV4 signature tells a function behind a Function URL with IAM: who called.</summary>
internal static class SignedRequest
{
    private const string Scheme = "AWS4-HMAC-SHA256 ";
    private const string Credential = "Credential=";

    /// <returns>The access key of the signature, or null for a request without one.</returns>
    public static string? AccessKeyOf(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var start = authorization.IndexOf(Credential, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var credential = authorization[(start + Credential.Length)..].Split(',')[0];
        return credential.Split('/')[0] is { Length: > 0 } accessKey ? accessKey : null;
    }

    public static void WriteAuthorizer(Utf8JsonWriter json, string accessKey)
    {
        json.WriteStartObject("authorizer");
        json.WriteStartObject("iam");
        json.WriteString("accessKey", accessKey);
        json.WriteString("accountId", LambdaEnvironment.AccountId);
        json.WriteString("callerId", accessKey);
        json.WriteNull("cognitoIdentity");
        json.WriteNull("principalOrgId");
        json.WriteString("userArn", $"arn:aws:sts::{LambdaEnvironment.AccountId}:assumed-role/local/{accessKey}");
        json.WriteString("userId", accessKey);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
