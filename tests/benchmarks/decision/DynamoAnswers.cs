using System.Net;
using System.Text;

namespace AiGateway.Benchmarks.Decision;

/// <summary>
/// DynamoDB from memory, below the HTTP client: what is signed and sent is taken in whole, and the answer is what DynamoDB Local gives to the
/// same call. So everything that a decision costs on our side is there, and nothing of the network.
/// </summary>
internal sealed class DynamoAnswers : HttpMessageHandler
{
    private const string TargetHeader = "X-Amz-Target";

    private static readonly byte[] Empty = "{}"u8.ToArray();
    private static readonly byte[] NoItems = "{\"Count\":0,\"Items\":[],\"ScannedCount\":0}"u8.ToArray();

    private readonly byte[] account;
    private long requests;

    /// <param name="account">The account item after the hold, as DynamoDB writes it.</param>
    public DynamoAnswers(string account)
    {
        this.account = Encoding.UTF8.GetBytes($"{{\"Attributes\":{account}}}");
    }

    /// <summary>How many calls were made.</summary>
    public long Requests => Interlocked.Read(ref requests);

    // As lean as it can be: what it takes is not the function's.
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        Interlocked.Increment(ref requests);
        if (request.Headers.NonValidated["Authorization"].ToString().Length < 100)
        {
            throw new InvalidOperationException("The request is not signed.");
        }

        await request.Content!.CopyToAsync(Stream.Null, stop);
        var target = request.Headers.NonValidated[TargetHeader].ToString();
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(AnswerTo(target)),
        };
    }

    private byte[] AnswerTo(string target) => target switch
    {
        "DynamoDB_20120810.Scan" => NoItems,
        "DynamoDB_20120810.UpdateItem" => account,
        "DynamoDB_20120810.PutItem" => Empty,
        var other => throw new InvalidOperationException($"A decision does not call {other}."),
    };
}
