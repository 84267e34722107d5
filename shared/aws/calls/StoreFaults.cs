using System.Net;
using System.Net.Sockets;
using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>
/// What an exception of the client means for the books. Where it is not certain that nothing was applied, the answer is
/// <see cref="StoreFault.TimedOut"/>: an unknown failure is never taken for a harmless one.
/// </summary>
public static class StoreFaults
{
    private const int DetailLengthMax = 300;

    /// <summary>The fault, and a sentence for the log: the error's code and message, bounded.</summary>
    public static (StoreFault Fault, string Detail) Of(Exception error) => (Classify(error), Describe(error));

    private static StoreFault Classify(Exception error) => error switch
    {
        DynamoException { Code: DynamoException.TransactionCanceled } canceled => OfReasons(canceled.CancellationReasons),
        DynamoException { Code: { Length: > 0 } code } service => OfCode(code) ?? OfStatus(service.Status),
        _ when SocketErrorIn(error) is { } socket => OfSocket(socket),
        _ when HttpErrorIn(error) is { } http => OfHttp(http),
        DynamoException service => OfStatus(service.Status),
        OperationCanceledException or TimeoutException => StoreFault.TimedOut,
        _ => StoreFault.TimedOut,
    };

    private static StoreFault? OfCode(string code) => code switch
    {
        "ProvisionedThroughputExceededException" or "ThrottlingException" or "Throttling" or "ThrottledException"
            or "RequestLimitExceeded" or "TooManyRequestsException" or "LimitExceededException" or "SlowDown"
            or "RequestThrottled" or "RequestThrottledException" or "BandwidthLimitExceeded" => StoreFault.Throttled,
        "TransactionConflictException" or "TransactionInProgressException" or "ReplicatedWriteConflictException"
            or "ResourceInUseException" => StoreFault.Conflict,
        "AccessDeniedException" or "AccessDenied" or "UnrecognizedClientException" or "InvalidClientTokenId"
            or "ExpiredTokenException" or "ExpiredToken" or "InvalidSignatureException" or "SignatureDoesNotMatch"
            or "IncompleteSignatureException" or "IncompleteSignature" or "MissingAuthenticationTokenException"
            or "MissingAuthenticationToken" or "OptInRequired" or "NotAuthorizedException"
            or "InaccessibleEncryptionCredentialsException" or DynamoException.MissingCredentials => StoreFault.Denied,
        "ResourceNotFoundException" or "ValidationException" or "SerializationException"
            or "ItemCollectionSizeLimitExceededException" or "RequestEntityTooLarge" => StoreFault.Malformed,
        "InternalServerError" or "InternalFailure" or "ServiceUnavailable" or "ServiceUnavailableException"
            or "RequestTimeout" or "RequestTimeoutException" => StoreFault.TimedOut,
        // The customer's key: denied, disabled, pending deletion, not found.
        _ when code.StartsWith("KMS", StringComparison.OrdinalIgnoreCase) => StoreFault.Denied,
        _ => null,
    };

    private static StoreFault OfStatus(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => StoreFault.Denied,
        429 => StoreFault.Throttled,
        408 => StoreFault.TimedOut,
        >= 400 and < 500 => StoreFault.Malformed,
        _ => StoreFault.TimedOut,
    };

    // A canceled transaction wrote nothing. A failed condition is its caller's to read, before it asks here.
    private static StoreFault OfReasons(IReadOnlyList<CancellationReason> reasons)
    {
        var codes = reasons.Select(reason => reason.Code).ToHashSet();
        return codes switch
        {
            _ when codes.Contains("TransactionConflict") => StoreFault.Conflict,
            _ when codes.Contains("ThrottlingError") => StoreFault.Throttled,
            _ when codes.Contains("ProvisionedThroughputExceeded") => StoreFault.Throttled,
            _ when codes.Contains("AccessDenied") => StoreFault.Denied,
            _ => StoreFault.Malformed,
        };
    }

    // Only what ends before a byte of the request was sent is certain. A reset may have come after it was applied.
    private static StoreFault OfSocket(SocketError error) => error switch
    {
        SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable
            or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown
            or SocketError.TryAgain or SocketError.NoData or SocketError.AddressNotAvailable => StoreFault.Unreachable,
        _ => StoreFault.TimedOut,
    };

    private static StoreFault OfHttp(HttpRequestError error) => error switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError => StoreFault.Unreachable,
        _ => StoreFault.TimedOut,
    };

    private static SocketError? SocketErrorIn(Exception error) =>
        Chain(error).OfType<SocketException>().Select(inner => (SocketError?)inner.SocketErrorCode).FirstOrDefault();

    private static HttpRequestError? HttpErrorIn(Exception error) =>
        Chain(error).OfType<HttpRequestException>()
            .Select(inner => (HttpRequestError?)inner.HttpRequestError)
            .FirstOrDefault();

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }

    private static string Describe(Exception error)
    {
        var reasons = error is DynamoException { CancellationReasons: { Count: > 0 } canceled }
            ? string.Join(',', canceled.Select(reason => reason.Code)) + ": "
            : string.Empty;
        var code = error is DynamoException { Code: { Length: > 0 } named } ? named : error.GetType().Name;
        var text = $"{code}: {reasons}{error.Message}";
        return text.Length <= DetailLengthMax ? text : text[..DetailLengthMax];
    }
}
