using System.Globalization;
using AiGateway.Aws;
using AiGateway.Domain;
using AiGateway.Domain.Decisions;
using AiGateway.Lambda;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using BudgetEnforcement;
using BudgetEnforcement.Decode;

namespace AiGateway.Benchmarks.Decision;

/// <summary>
/// The function as it is composed for Lambda, from the event's bytes to the reply's: its serializer, its handler, its tables, its database client
/// with signatures. Only the sockets are not there.
/// </summary>
internal sealed class DecisionFunction
{
    private readonly ILambdaSerializer serializer = Function.Serializer();
    private readonly FixedClock clock = new(DateTimeOffset.UtcNow);
    private readonly Handler handler;
    private readonly CallContext context = new();

    public DecisionFunction()
    {
        Database = new DynamoAnswers(Account(clock.GetUtcNow()));
        var variables = new Dictionary<string, string>
        {
            ["AWS_REGION"] = "eu-central-1",
            ["TABLE_PREFIX"] = "aigateway-bench-",
            // Out of the way: the first decision compiles what it runs, on a machine that may have other work.
            ["STORE_TIMEOUT_MS"] = "10000",
            ["WEBHOOK_TIMEOUT_MS"] = "30000",
            ["FUNCTION_TIMEOUT_MS"] = "60000",
        };
        var settings = Settings.Read(new EnvironmentReader(variables.GetValueOrDefault));
        Rules = settings.Rules.Policy;
        handler = Function.HandlerOf(
            settings,
            DynamoPorts.Create(Client(settings.Store), settings.Store, clock),
            new JsonLines(Stream.Null),
            clock);
    }

    public DynamoAnswers Database { get; }

    public PolicyRules Rules { get; }

    /// <summary>The first step alone: the event's bytes to the gateway's question.</summary>
    public GatewayQuestion Decode(byte[] eventBytes)
    {
        var decoded = ((Outcome<FunctionUrlRequest>.Ok)serializer.Deserialize<Outcome<FunctionUrlRequest>>(Readable(eventBytes))).Value;
        return ((Outcome<GatewayQuestion>.Ok)QuestionReader.Read(decoded, QuestionForm.Decision)).Value;
    }

    /// <summary>One decision; the reply's bytes are in the stream, from its beginning.</summary>
    public async Task<MemoryStream> AnswerAsync(byte[] eventBytes)
    {
        var request = serializer.Deserialize<Outcome<FunctionUrlRequest>>(Readable(eventBytes));
        var reply = await handler.HandleAsync(request, context);
        var output = new MemoryStream();
        serializer.Serialize(reply, output);
        return output;
    }

    private static MemoryStream Readable(byte[] bytes) => new(bytes, 0, bytes.Length, writable: false, publiclyVisible: true);

    private DynamoClient Client(StoreSettings store) => new(
        new DynamoSettings(store.Region, store.Endpoint, store.Timeout),
        new DynamoCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", new string('t', 800)),
        observer: null,
        Database,
        clock);

    private static string Account(DateTimeOffset now)
    {
        var month = now.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var day = now.ToString("dd", CultureInfo.InvariantCulture);
        return $$$"""
            {"scope":{"S":"team#payments"},"period":{"S":"{{{month}}}"},"cM":{"N":"12.345678901"},"sM":{"N":"11.1"},"eM":{"N":"0.24"},
            "hM0Abc":{"N":"0.000512"},"Cd{{{day}}}":{"N":"41234"},"Sd{{{day}}}":{"N":"40000"},"Hd{{{day}}}0Abc":{"N":"1234"}}
            """;
    }

    private sealed class CallContext : ILambdaContext
    {
        public string AwsRequestId => "0f6f7a5e-2c8e-4a3b-9b0a-9d6c8f1f2a3b";

        public IClientContext ClientContext => null!;

        public string FunctionName => "budget_enforcement";

        public string FunctionVersion => "1";

        public ICognitoIdentity Identity => null!;

        public string InvokedFunctionArn => "";

        public ILambdaLogger Logger => null!;

        public string LogGroupName => "";

        public string LogStreamName => "";

        public int MemoryLimitInMB => 512;

        public TimeSpan RemainingTime => TimeSpan.FromSeconds(60);
    }

    /// <summary>Stands still by the calendar, so that an event stays fresh; measures as the machine does.</summary>
    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
