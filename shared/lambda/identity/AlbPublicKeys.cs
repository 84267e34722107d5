using System.Net;

namespace AiGateway.Lambda.Identity;

/// <summary>Fetches an ALB's public keys from its region's endpoint, each with a bound on time and size.</summary>
public sealed class AlbPublicKeys(HttpClient http, Uri endpoint)
{
    private const int KeyCharactersMax = 4_096;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    /// <summary>The regional endpoint, by AWS's documentation.</summary>
    public static Uri EndpointOf(string region) => new($"https://public-keys.auth.elb.{region}.amazonaws.com/");

    /// <param name="keyId">Letters, digits and hyphens only: it becomes part of the address.</param>
    /// <param name="stop">Ends the call.</param>
    /// <returns>The PEM; null: there is no such key.</returns>
    /// <exception cref="OidcKeysUnavailableException">The endpoint does not answer, or not with a key.</exception>
    public async Task<string?> FetchAsync(string keyId, CancellationToken stop)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limited.CancelAfter(Timeout);
        try
        {
            using var answer = await http.GetAsync(
                new Uri(endpoint, keyId), HttpCompletionOption.ResponseHeadersRead, limited.Token);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
            {
                return null;
            }

            return answer.IsSuccessStatusCode
                ? await BodyAsync(answer, limited.Token)
                : throw new OidcKeysUnavailableException($"it answered {(int)answer.StatusCode}.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new OidcKeysUnavailableException(failure.GetType().Name, failure);
        }
    }

    private static async Task<string> BodyAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(stop);
        using var reader = new StreamReader(body);
        var text = new char[KeyCharactersMax + 1];
        var length = await reader.ReadBlockAsync(text, stop);
        return length <= KeyCharactersMax
            ? new string(text, 0, length)
            : throw new OidcKeysUnavailableException("a key is larger than any key is.");
    }
}
