using System.Net;

namespace AiGateway.Aws;

/// <summary>DynamoDB answered, and not with what was asked for.</summary>
/// <param name="code">The error's name, such as <c>ConditionalCheckFailedException</c>; null: the answer names none, or can't be read.</param>
/// <param name="message">AWS's words, or what is wrong with the answer.</param>
/// <param name="status">The answer's HTTP status.</param>
public sealed class DynamoException(string? code, string message, HttpStatusCode status, Exception? cause = null)
    : Exception(message, cause)
{
    public const string ConditionalCheckFailed = "ConditionalCheckFailedException";
    public const string TransactionCanceled = "TransactionCanceledException";

    /// <summary>Ours: there are no credentials to sign with, so that nothing was sent.</summary>
    public const string MissingCredentials = "MissingCredentials";

    public string? Code { get; } = code;

    public HttpStatusCode Status { get; } = status;

    /// <summary>Of a failed condition: the item that stood.</summary>
    public Dictionary<string, AttributeValue>? Item { get; init; }

    /// <summary>Of a canceled transaction, by the places of its parts.</summary>
    public IReadOnlyList<CancellationReason> CancellationReasons { get; init; } = [];
}
