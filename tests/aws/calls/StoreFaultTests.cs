using System.Net;
using System.Net.Sockets;
using AiGateway.Engine;

namespace AiGateway.Aws.Tests.Calls;

/// <summary>
/// What each exception means for the books. Only what is certain to have left no trace may be retried (style rule 18).
/// </summary>
public static class StoreFaultTests
{
    public static TheoryData<string, HttpStatusCode, StoreFault> Codes => new()
    {
        { "ProvisionedThroughputExceededException", HttpStatusCode.BadRequest, StoreFault.Throttled },
        { "ThrottlingException", HttpStatusCode.BadRequest, StoreFault.Throttled },
        { "RequestLimitExceeded", HttpStatusCode.BadRequest, StoreFault.Throttled },
        { "LimitExceededException", HttpStatusCode.BadRequest, StoreFault.Throttled },
        { "SomethingNew", HttpStatusCode.TooManyRequests, StoreFault.Throttled },
        { "TransactionConflictException", HttpStatusCode.BadRequest, StoreFault.Conflict },
        { "TransactionInProgressException", HttpStatusCode.BadRequest, StoreFault.Conflict },
        { "ReplicatedWriteConflictException", HttpStatusCode.BadRequest, StoreFault.Conflict },
        { "AccessDeniedException", HttpStatusCode.BadRequest, StoreFault.Denied },
        { "UnrecognizedClientException", HttpStatusCode.BadRequest, StoreFault.Denied },
        { "ExpiredTokenException", HttpStatusCode.BadRequest, StoreFault.Denied },
        { "InvalidSignatureException", HttpStatusCode.BadRequest, StoreFault.Denied },
        { "MissingAuthenticationToken", HttpStatusCode.BadRequest, StoreFault.Denied },
        { "KMSAccessDeniedException", HttpStatusCode.BadRequest, StoreFault.Denied },
        { "KMSInvalidStateException", HttpStatusCode.BadRequest, StoreFault.Denied },
        { "InaccessibleEncryptionCredentialsException", HttpStatusCode.BadRequest, StoreFault.Denied },
        { "SomethingNew", HttpStatusCode.Forbidden, StoreFault.Denied },
        { "ResourceNotFoundException", HttpStatusCode.BadRequest, StoreFault.Malformed },
        { "ValidationException", HttpStatusCode.BadRequest, StoreFault.Malformed },
        { "ItemCollectionSizeLimitExceededException", HttpStatusCode.BadRequest, StoreFault.Malformed },
        { "SomethingNew", HttpStatusCode.BadRequest, StoreFault.Malformed },
        { "InternalServerError", HttpStatusCode.InternalServerError, StoreFault.TimedOut },
        { "ServiceUnavailable", HttpStatusCode.ServiceUnavailable, StoreFault.TimedOut },
        { "SomethingNew", HttpStatusCode.BadGateway, StoreFault.TimedOut },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public static void Reads_the_code_that_the_service_answers_with(string code, HttpStatusCode status, StoreFault expected)
    {
        var error = new DynamoException(code, "message", status);

        var (fault, detail) = StoreFaults.Of(error);

        Assert.Equal(expected, fault);
        Assert.Contains(code, detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, StoreFault.Unreachable)]
    [InlineData(SocketError.HostNotFound, StoreFault.Unreachable)]
    [InlineData(SocketError.NetworkUnreachable, StoreFault.Unreachable)]
    [InlineData(SocketError.ConnectionReset, StoreFault.TimedOut)]
    [InlineData(SocketError.TimedOut, StoreFault.TimedOut)]
    public static void A_connection_that_was_never_made_is_certain_and_a_reset_is_not(SocketError error, StoreFault expected)
    {
        var socket = new SocketException((int)error);

        Assert.Equal(expected, StoreFaults.Of(new HttpRequestException("failed", socket)).Fault);
        Assert.Equal(expected, StoreFaults.Of(new IOException("failed", new HttpRequestException("failed", socket))).Fault);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, StoreFault.Unreachable)]
    [InlineData(HttpRequestError.SecureConnectionError, StoreFault.Unreachable)]
    [InlineData(HttpRequestError.ResponseEnded, StoreFault.TimedOut)]
    [InlineData(HttpRequestError.Unknown, StoreFault.TimedOut)]
    public static void Reads_how_far_the_request_came(HttpRequestError error, StoreFault expected) =>
        Assert.Equal(expected, StoreFaults.Of(new HttpRequestException(error, "failed")).Fault);

    [Theory]
    [InlineData("TransactionConflict", StoreFault.Conflict)]
    [InlineData("ThrottlingError", StoreFault.Throttled)]
    [InlineData("ProvisionedThroughputExceeded", StoreFault.Throttled)]
    [InlineData("ValidationError", StoreFault.Malformed)]
    [InlineData("ItemCollectionSizeLimitExceeded", StoreFault.Malformed)]
    public static void Reads_why_a_transaction_was_canceled(string reason, StoreFault expected)
    {
        var error = new DynamoException(DynamoException.TransactionCanceled, "canceled", HttpStatusCode.BadRequest)
        {
            CancellationReasons = [new CancellationReason("None", null, null), new CancellationReason(reason, null, null)],
        };

        var (fault, detail) = StoreFaults.Of(error);

        Assert.Equal(expected, fault);
        Assert.Contains(reason, detail, StringComparison.Ordinal);
    }

    [Fact]
    public static void A_timeout_of_any_kind_may_have_been_applied()
    {
        Assert.Equal(StoreFault.TimedOut, StoreFaults.Of(new TaskCanceledException()).Fault);
        Assert.Equal(StoreFault.TimedOut, StoreFaults.Of(new TimeoutException()).Fault);
        Assert.Equal(StoreFault.TimedOut, StoreFaults.Of(new IOException("cut")).Fault);
    }

    [Fact]
    public static void An_answer_that_can_not_be_read_may_stand_for_a_write() =>
        Assert.Equal(StoreFault.TimedOut, StoreFaults.Of(new DynamoException(null, "no JSON", HttpStatusCode.OK)).Fault);

    [Fact]
    public static void The_detail_is_bounded() => Assert.Equal(300, StoreFaults.Of(new TimeoutException(new string('x', 10_000))).Detail.Length);
}
