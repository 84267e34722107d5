namespace AiGateway.Local.DynamoDb;

/// <summary>Waits until a server answers HTTP at all: DynamoDB Local answers 400 to a request that names no operation.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    public static async Task<bool> WaitAsync(Uri endpoint, TimeSpan within, Func<bool> hasExited, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(within);
        while (!limit.IsCancellationRequested && !hasExited())
        {
            if (await AnswersAsync(http, endpoint, limit.Token))
            {
                return true;
            }

            await Task.Delay(Between, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        stop.ThrowIfCancellationRequested();
        return false;
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri endpoint, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(endpoint, stop);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
