using System.Text;
using System.Text.Json;
using AiGateway.Tests;

namespace BudgetEnforcement.Tests.Contract;

/// <summary>The decoder of these tests against what the gateway's own decoder answered.</summary>
public static class GatewayDecoderTests
{
    public static TheoryData<string, string> Vectors()
    {
        var vectors = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Recorded.PathOf("webhook-decode-vectors.jsonl")))
        {
            var vector = JsonDocument.Parse(line).RootElement;
            vectors.Add(vector.GetProperty("reply").GetString()!, vector.GetProperty("decodes_to").GetString()!);
        }

        return vectors;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public static void Every_recorded_vector_decodes_as_the_gateway_decoded_it(string reply, string expected)
    {
        Assert.Equal(expected, GatewayDecoder.Decode(Encoding.UTF8.GetBytes(reply)));
    }

    [Fact]
    public static void There_are_as_many_vectors_as_were_recorded()
    {
        Assert.Equal(36, Vectors().Count);
    }
}
