using Microsoft.AspNetCore.Http;

namespace AiGateway.Local.Stack;

/// <summary>Reads a body up to a bound.</summary>
internal static class RequestBody
{
    /// <returns>The body, or null when it has more than <paramref name="bytesMax"/> bytes; the rest is then left unread.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, long bytesMax, CancellationToken stop)
    {
        if (request.ContentLength > bytesMax)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, stop)) > 0)
        {
            if (body.Length + read > bytesMax)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
