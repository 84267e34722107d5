using System.IO.Compression;
using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.CloudWatchLogsEvents;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Local.Tests;

public static class EventTypeTests
{
    private static readonly ILambdaSerializer Serializer = RunningFunction.Serializer();

    /// <summary>Shaped as in AWS's "Invoking Lambda function URLs", with the nulls that a real one has.</summary>
    private const string FunctionUrlEvent = """
        {
          "version": "2.0", "routeKey": "$default", "rawPath": "/v1/decision", "rawQueryString": "a=1&a=2",
          "cookies": ["one", "two"],
          "headers": {"content-type": "application/json", "x-budget-team": "payments", "x-many": "1,2"},
          "queryStringParameters": {"a": "1,2"},
          "requestContext": {
            "accountId": "111122223333", "apiId": "urlid", "authentication": null,
            "authorizer": {"iam": {"accessKey": "AKIAEXAMPLE", "accountId": "111122223333",
              "callerId": "AIDAEXAMPLE", "cognitoIdentity": null, "principalOrgId": null,
              "userArn": "arn:aws:sts::111122223333:assumed-role/gateway/task", "userId": "AIDAEXAMPLE"}},
            "domainName": "urlid.lambda-url.eu-west-1.on.aws", "domainPrefix": "urlid",
            "http": {"method": "POST", "path": "/v1/decision", "protocol": "HTTP/1.1",
              "sourceIp": "10.0.0.1", "userAgent": "agentgateway"},
            "requestId": "id", "routeKey": "$default", "stage": "$default",
            "time": "21/Nov/2026:14:23:52 +0000", "timeEpoch": 1795271032968
          },
          "body": "eyJhIjoxfQ==", "pathParameters": null, "isBase64Encoded": true, "stageVariables": null
        }
        """;

    [Fact]
    public static void Reads_a_Function_URL_event()
    {
        var read = Serializer.Deserialize<APIGatewayHttpApiV2ProxyRequest>(Bytes(FunctionUrlEvent));

        Assert.Equal("/v1/decision", read.RawPath);
        Assert.Equal("a=1&a=2", read.RawQueryString);
        Assert.Equal(["one", "two"], read.Cookies);
        Assert.Equal("payments", read.Headers["x-budget-team"]);
        Assert.Equal("POST", read.RequestContext.Http.Method);
        Assert.Equal(1_795_271_032_968, read.RequestContext.TimeEpoch);
        Assert.Equal("arn:aws:sts::111122223333:assumed-role/gateway/task", read.RequestContext.Authorizer.IAM.UserARN);
        Assert.True(read.IsBase64Encoded);
        Assert.Equal("eyJhIjoxfQ==", read.Body);
    }

    [Fact]
    public static void Writes_a_reply_in_camel_case()
    {
        var reply = new APIGatewayHttpApiV2ProxyResponse { StatusCode = 402, Body = "{}" };
        reply.SetHeaderValues("content-type", "application/json", append: false);
        reply.SetHeaderValues("x-many", "1", append: false);
        reply.SetHeaderValues("x-many", "2", append: true);
        using var stream = new MemoryStream();

        Serializer.Serialize(reply, stream);

        Assert.Equal(
            """
            {"statusCode":402,"headers":{"content-type":"application/json","x-many":"1,2"},"body":"{}","isBase64Encoded":false}
            """,
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public static void Reads_and_unzips_a_log_event()
    {
        const string Log = """{"messageType":"DATA_MESSAGE","logEvents":[]}""";
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(Encoding.UTF8.GetBytes(Log));
        }

        var data = Convert.ToBase64String(zipped.ToArray());
        var read = Serializer.Deserialize<CloudWatchLogsEvent>(Bytes($$$"""{"awslogs":{"data":"{{{data}}}"}}"""));

        Assert.Equal(data, read.Awslogs.EncodedData);
        Assert.Equal(Log, read.Awslogs.DecodeData());
    }

    private static MemoryStream Bytes(string json) => new(Encoding.UTF8.GetBytes(json));
}
