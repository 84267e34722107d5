using System.Net;
using System.Net.Sockets;
using System.Text;
using AiGateway.Engine;
using AiGateway.Tests.Support;
using static AiGateway.Aws.Tests.Answers;
using static AiGateway.Aws.Tests.Samples;

namespace AiGateway.Aws.Tests.Calls;

/// <summary>What our client writes and reads, with AWS's own client as the witness; and what it makes of answers that are none.</summary>
public static class DynamoClientTests
{
    private static readonly DynamoSettings Settings = new("eu-central-1", null, TimeSpan.FromSeconds(20));

    [Fact]
    public static async Task What_it_writes_the_sdk_reads_and_the_other_way_round()
    {
        using var tables = await LocalDatabase.CreateTablesAsync(TableDefinitions.Teams);
        var item = Everything("ours");
        await tables.Client.PutItemAsync(new PutItemRequest { TableName = tables.Names.Teams, Item = item }, default);
        await tables.PutRawAsync(tables.Names.Teams, Everything("theirs"));

        var byTheSdk = await tables.ReadRawAsync(tables.Names.Teams, Key("ours"));
        var byUs = await tables.Client.GetItemAsync(
            new GetItemRequest { TableName = tables.Names.Teams, Key = Key("theirs"), ConsistentRead = true }, default);

        Assert.Equal(Text(Everything("ours")), Text(byTheSdk!));
        Assert.Equal(Text(Everything("theirs")), Text(byUs.Item!));
    }

    [Fact]
    public static async Task Types_that_are_written_with_escapes_are_the_same_types()
    {
        var answer = await AnswerAsync("""{"It\u0065m":{"a":{"\u004e":"1"},"b":{"\u0053":"x"}}}""");

        Assert.Equal("a{N:1} b{S:x}", Text(answer.Item!));
    }

    [Fact]
    public static async Task Types_that_are_not_ours_are_read_as_nothing_and_harm_nothing()
    {
        var answer = await AnswerAsync(
            """{"Item":{"a":{"SS":["x","y"]},"b":{"NULL":true},"c":{"B":"AAEC"},"d":{"N":"1"},"e":{"L":[{"M":{}}]}},"New":{"x":[1,{}]}}""");

        Assert.Equal("a{} b{} c{} d{N:1} e{L:[{M:}]}", Text(answer.Item!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"Item":""")]
    [InlineData("""{"Item":[1]}""")]
    [InlineData("""{"Item":{"a":1}}""")]
    [InlineData("""{"Item":{"a":{"S":1}}}""")]
    [InlineData("""{"Items":{}}""")]
    public static async Task An_answer_that_can_not_be_read_is_never_taken_for_an_empty_one(string body)
    {
        var error = await Assert.ThrowsAsync<DynamoException>(() => AnswerAsync(body));

        Assert.Null(error.Code);
        Assert.Equal(StoreFault.TimedOut, StoreFaults.Of(error).Fault);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public static async Task An_answer_of_a_megabyte_is_read_whole_in_whatever_pieces_it_comes(bool saysItsLength)
    {
        var text = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"{number:D10}"));
        var body = Encoding.UTF8.GetBytes("""{"Item":{"text":{"S":"TEXT"}}}""".Replace("TEXT", text, StringComparison.Ordinal));

        var answer = await AnswerAsync(saysItsLength ? new ByteArrayContent(body) : new StreamContent(new Trickle(body)));

        Assert.Equal(text, answer.Item?["text"].S);
    }

    [Fact]
    public static async Task A_failure_without_a_body_counts_by_its_status()
    {
        var error = await Assert.ThrowsAsync<DynamoException>(() => AnswerAsync("{}", HttpStatusCode.Forbidden));

        Assert.Equal(StoreFault.Denied, StoreFaults.Of(error).Fault);
    }

    [Fact]
    public static async Task Without_credentials_nothing_is_sent_and_it_is_a_denial()
    {
        using var client = new DynamoClient(Settings, null, null, new Wire(_ => throw new InvalidOperationException("sent")), TimeProvider.System);
        var accounts = new AccountsTable(client, new TableNames("t-"), Settings.StoreTimeout);

        Failed(StoreFault.Denied, await accounts.ReadAsync(Payments, default));
    }

    [Theory]
    [InlineData("eu-central-1", "https://dynamodb.eu-central-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", "https://dynamodb.us-gov-west-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://dynamodb.cn-north-1.amazonaws.com.cn/")]
    public static async Task A_region_has_its_endpoint(string region, string expected)
    {
        Uri? asked = null;
        using var client = new DynamoClient(
            Settings with { Region = region },
            DynamoCredentials.Local,
            null,
            new Wire(request =>
            {
                asked = request.RequestUri;
                return new HttpResponseMessage { Content = new StringContent("{}") };
            }),
            TimeProvider.System);

        await client.ScanAsync(new ScanRequest { TableName = "t" }, default);

        Assert.Equal(expected, asked?.ToString());
    }

    [Fact]
    public static async Task A_call_that_nobody_ends_ends_by_itself()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var settings = Settings with { Endpoint = new Uri($"http://{silent.LocalEndpoint}"), StoreTimeout = TimeSpan.FromMilliseconds(50) };
        using var client = DynamoClient.Create(settings, DynamoCredentials.Local);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.ScanAsync(new ScanRequest { TableName = "t" }, CancellationToken.None));
    }

    [Fact]
    public static void Credentials_never_print_their_secret() =>
        Assert.DoesNotContain("hidden", new DynamoCredentials("id", "hidden", "hidden").ToString(), StringComparison.Ordinal);

    private static Task<DynamoAnswer> AnswerAsync(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        AnswerAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(body)), status);

    private static async Task<DynamoAnswer> AnswerAsync(HttpContent content, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var client = new DynamoClient(
            Settings, DynamoCredentials.Local, null, new Wire(_ => new HttpResponseMessage(status) { Content = content }), TimeProvider.System);
        return await client.GetItemAsync(new GetItemRequest { TableName = "t", Key = Key("k") }, default);
    }

    private static Dictionary<string, AttributeValue> Key(string team) => new() { ["team"] = new() { S = team } };

    private static Dictionary<string, AttributeValue> Everything(string team) => new(Key(team))
    {
        ["odd \"name\" <ä> \u0001"] = new() { S = "quotes \" back\\slash </script> \u0000\u0001\u001f\u2028 ü 漢字 😀 + & '" },
        ["number"] = new() { N = "-0.0000000000000000000000000001" },
        ["whole"] = new() { N = "9999999999999999999999999999" },
        ["yes"] = new() { BOOL = true },
        ["no"] = new() { BOOL = false },
        ["empty"] = new() { S = "" },
        ["list"] = new() { L = [new() { S = "a" }, new() { N = "1" }, new() { L = [] }, new() { M = [] }] },
        ["map"] = new() { M = new() { ["inner"] = new() { M = new() { ["deep"] = new() { BOOL = true } } } } },
    };

    private static string Text(Dictionary<string, AttributeValue> item) =>
        string.Join(' ', item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}{{{Text(pair.Value)}}}"));

    private static string Text(AttributeValue value) => value switch
    {
        { S: { } text } => $"S:{text}",
        { N: { } number } => $"N:{number}",
        { BOOL: { } flag } => $"BOOL:{flag}",
        { M: { } map } => $"M:{Text(map)}",
        { L: { } list } => $"L:[{string.Join(',', list.Select(part => $"{{{Text(part)}}}"))}]",
        _ => "",
    };

    private sealed class Wire(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop) =>
            Task.FromResult(answer(request));
    }

    /// <summary>A few bytes at a time, and no length.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1_009)], cancellationToken);
    }
}
