using System.Text.Json;
using AiGateway.Local.Replay;

namespace AiGateway.Local.Tests.Replay;

/// <summary>The stand-in decodes answers as the gateway does: by the recorded vectors of its own decoder (T01, T02).</summary>
public static class GatewayAnswerTests
{
    public static TheoryData<string, string> Vectors =>
    [
        .. File.ReadLines(Recorded.PathOf("webhook-decode-vectors.jsonl")).Select(line =>
        {
            using var vector = JsonDocument.Parse(line);
            return new TheoryDataRow<string, string>(
                vector.RootElement.GetProperty("reply").GetString()!, vector.RootElement.GetProperty("decodes_to").GetString()!);
        }),
    ];

    [Theory]
    [MemberData(nameof(Vectors))]
    public static void Decodes_as_the_gateway_does(string reply, string decodesTo)
    {
        var expected = decodesTo switch
        {
            "pass" or "mask" => typeof(GatewayAnswer.Admitted),
            "reject" => typeof(GatewayAnswer.Refused),
            _ => typeof(GatewayAnswer.Failed),
        };

        Assert.IsType(expected, GatewayAnswer.OfWebhook(reply));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(402, false)]
    [InlineData(502, false)]
    public static void External_authorization_goes_by_the_status(int status, bool isAdmitted)
    {
        Assert.Equal(isAdmitted, GatewayAnswer.OfAuthorization(status, "") is GatewayAnswer.Admitted);
    }

    [Fact]
    public static void A_failed_function_is_a_failure_and_never_an_admission()
    {
        Assert.IsType<GatewayAnswer.Failed>(GatewayAnswer.OfWebhook("Internal Server Error"));
    }
}
