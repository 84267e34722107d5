using System.Net;
using System.Text;

namespace Amazon.Lambda.Local.Tests;

/// <summary>What a function posted: a reply, an error, or an error at its start.</summary>
public sealed record LambdaAnswer(string Kind, byte[] Bytes, string? ErrorType, string? ContentType)
{
    public string Body => Encoding.UTF8.GetString(Bytes);

    public bool IsReply => Kind == "response";

    internal static async Task<LambdaAnswer> ReadAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        return new LambdaAnswer(
            request.Url!.Segments[^1],
            body.ToArray(),
            request.Headers["Lambda-Runtime-Function-Error-Type"],
            request.ContentType);
    }
}
