using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>One call to the database: its time-out, and its exceptions as values. Nothing is retried here.</summary>
internal sealed class TableCalls(DynamoClient dynamo, TimeSpan timeout)
{
    /// <param name="what">The call, for the log: <c>UpdateItem accounts</c>.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="refused">Reads a failed condition out of the exception; null where it is something else.</param>
    /// <param name="stop">The caller's. It ends in a fault like a time-out: what was sent may have been
    /// applied.</param>
    public async Task<StoreResult<T>> RunAsync<T>(
        string what,
        Func<DynamoClient, CancellationToken, Task<DynamoAnswer>> send,
        Func<DynamoAnswer, StoreResult<T>> read,
        Func<Exception, StoreResult<T>?> refused,
        CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(timeout);
        try
        {
            return read(await send(dynamo, limit.Token).ConfigureAwait(false));
        }
        catch (Exception error) when (limit.IsCancellationRequested && IsCancellation(error))
        {
            var why = stop.IsCancellationRequested
                ? "stopped by its caller"
                : $"no answer within {timeout.TotalMilliseconds} ms";
            return new StoreResult<T>.Failed(StoreFault.TimedOut, $"{what}: {why}");
        }
        catch (MalformedItemException error)
        {
            return new StoreResult<T>.Failed(StoreFault.Malformed, $"{what}: {error.Message}");
        }
        catch (Exception error) when (IsOfTheStore(error))
        {
            return Refusal(what, error, refused);
        }
    }

    private static StoreResult<T> Refusal<T>(string what, Exception error, Func<Exception, StoreResult<T>?> refused)
    {
        try
        {
            if (refused(error) is { } refusal)
            {
                return refusal;
            }
        }
        catch (MalformedItemException malformed)
        {
            return new StoreResult<T>.Failed(StoreFault.Malformed, $"{what}: {malformed.Message}");
        }

        var (fault, detail) = StoreFaults.Of(error);
        return new StoreResult<T>.Failed(fault, $"{what}: {detail}");
    }

    // A bug of ours must not look like an outage: it throws.
    private static bool IsOfTheStore(Exception error) =>
        error is DynamoException or HttpRequestException
            or IOException or OperationCanceledException or TimeoutException or System.Net.Sockets.SocketException;

    private static bool IsCancellation(Exception error) =>
        error is OperationCanceledException || error.InnerException is OperationCanceledException;
}

/// <summary>How a failed condition shows.</summary>
internal static class FailedCondition
{
    /// <summary>None is expected: the call has no condition.</summary>
    public static StoreResult<T>? None<T>(Exception error) => null;

    /// <summary>The item that stood, by <c>ReturnValuesOnConditionCheckFailure</c>; null where none did.</summary>
    public static StoreResult<T>? Of<T>(Exception error, Func<Dictionary<string, AttributeValue>, T> read)
        where T : class =>
        error is DynamoException { Code: DynamoException.ConditionalCheckFailed } failed
            ? new StoreResult<T>.Refused(failed.Item is { Count: > 0 } item ? read(item) : null)
            : null;

    /// <summary>
    /// The parts of a transaction whose condition failed, by their place; empty where it failed for another reason.
    /// </summary>
    public static IReadOnlyList<(int Index, Dictionary<string, AttributeValue>? Item)> Parts(Exception error) =>
        error is DynamoException { Code: DynamoException.TransactionCanceled, CancellationReasons: var reasons }
            ? [.. reasons
                .Select((reason, index) => (reason, index))
                .Where(part => part.reason.Code == "ConditionalCheckFailed")
                .Select(part => (part.index, part.reason.Item is { Count: > 0 } item ? item : null))]
            : [];
}
