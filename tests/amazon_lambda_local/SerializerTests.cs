using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Amazon.Lambda.Local.Tests;

public static class SerializerTests
{
    private static readonly ILambdaSerializer Serializer = RunningFunction.Serializer();

    [Theory]
    [InlineData("""{"name":"a","count":2}""")]
    [InlineData("""{"Name":"a","Count":2}""")]
    [InlineData("""{"NAME":"a","COUNT":2,"more":[1]}""")]
    public static void Reads_names_in_any_case(string json)
    {
        var read = Serializer.Deserialize<ProbeEvent>(Bytes(json));

        Assert.Equal(("a", 2), (read.Name, read.Count));
    }

    [Fact]
    public static void Reads_streams_that_are_no_memory_streams()
    {
        using var stream = new BufferedStream(Bytes("""{"name":"a"}"""));

        Assert.Equal("a", Serializer.Deserialize<ProbeEvent>(stream).Name);
    }

    [Fact]
    public static void Leaves_names_as_they_are_but_for_those_of_S3_and_writes_no_nulls()
    {
        var written = Written(new ProbeEvent { Name = "a", XAmzRequestId = "r", XAmzId2 = "2" });

        Assert.Equal("""{"Name":"a","Count":0,"x-amz-request-id":"r","x-amz-id-2":"2"}""", written);
        Assert.Equal("""{"Greeting":"é <b> \" \n"}""", Written(new ProbeReply { Greeting = "é <b> \" \n" }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"count":1.5}""")]
    [InlineData("""{"count":99999999999}""")]
    public static void Refuses_what_is_not_this_type_as_JSON(string json) =>
        Assert.Throws<JsonSerializerException>(() => Serializer.Deserialize<ProbeEvent>(Bytes(json)));

    [Fact]
    public static void Refuses_a_type_that_the_context_does_not_name()
    {
        Assert.Throws<JsonSerializerException>(() => Serializer.Deserialize<NotInTheContext>(Bytes("{}")));
        Assert.Throws<JsonSerializerException>(() => Serializer.Serialize(new NotInTheContext(), new MemoryStream()));
    }

    [Fact]
    public static void Options_can_be_changed_before_the_context_is_built()
    {
        Action<JsonSerializerOptions> change = options => options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        var serializer = new SourceGeneratorLambdaJsonSerializer<ProbeJson>(change);
        using var stream = new MemoryStream();

        serializer.Serialize(new ProbeReply { Greeting = "a" }, stream);

        Assert.Equal("""{"greeting":"a"}""", Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static MemoryStream Bytes(string json) => new(Encoding.UTF8.GetBytes(json));

    private static string Written<T>(T value)
    {
        using var stream = new MemoryStream();
        Serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray()).Replace("\\u0022", "\\\"", StringComparison.Ordinal);
    }
}
