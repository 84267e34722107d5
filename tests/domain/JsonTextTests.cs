using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Domain.Tests;

public static class JsonTextTests
{
    [Fact]
    public static void Texts_are_written_as_the_frameworks_writer_writes_them() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<string>().Generator.ToArbitrary(),
            text => Assert.Equal(ByFramework(json => json.WriteStringValue(text ?? "")), Written(json => json.Text(text ?? ""))))
        .Check(Laws.Cases(500));

    [Theory]
    [InlineData("")]
    [InlineData("plain ~ text")]
    [InlineData("a \"quoted\" \\ text")]
    [InlineData("line\nbreak\ttab\u0000\u001f\u007f")]
    [InlineData("größer, 漢字, 😀")]
    [InlineData("half a pair: \ud800 and on")]
    [InlineData("<script>&'</script>")]
    [InlineData("\u2028\u00a0\ufeff")]
    public static void Texts_that_are_not_plain_are_escaped_as_the_frameworks_writer_escapes_them(string text)
    {
        Assert.Equal(ByFramework(json => json.WriteStringValue(text)), Written(json => json.Text(text)));
        var expected = ByFramework(json =>
        {
            json.WriteStartObject();
            json.WriteString(text, "value");
            json.WriteEndObject();
        });
        Assert.Equal(expected, Written(json =>
        {
            json.BeginObject();
            json.Member(text, "value");
            json.EndObject();
        }));
    }

    [Fact]
    public static void Each_character_is_written_as_the_frameworks_writer_writes_it()
    {
        foreach (var text in Enumerable.Range(0, 0xd800).Select(code => $"a{(char)code}z"))
        {
            Assert.Equal(ByFramework(json => json.WriteStringValue(text)), Written(json => json.Text(text)));
        }
    }

    [Fact]
    public static void Commas_stand_between_members_and_elements_and_nowhere_else()
    {
        var text = Written(json =>
        {
            json.BeginObject();
            json.Member("first", "ends with a bracket {");
            json.Member("second", 2);
            json.Name("third");
            json.BeginArray();
            json.Text("a[");
            json.Boolean(true);
            json.BeginObject();
            json.EndObject();
            json.BeginArray();
            json.EndArray();
            json.Number(-1.50m);
            json.EndArray();
            json.Member("fourth", false);
            json.EndObject();
        });

        Assert.Equal("""{"first":"ends with a bracket {","second":2,"third":["a[",true,{},[],-1.50],"fourth":false}""", text);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.000", "0")]
    [InlineData("100", "100")]
    [InlineData("0.10", "0.1")]
    [InlineData("-12.000", "-12")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("-0.0000000000000000000000000001", "-0.0000000000000000000000000001")]
    public static void A_number_as_a_text_is_plain_and_has_no_zeros_at_its_end(string number, string expected) => Assert.Equal(
        $"\"{expected}\"",
        Written(json => json.NumberAsText(decimal.Parse(number, NumberStyles.Number, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("2026-11-21T12:00:00+00:00")]
    [InlineData("2026-11-21T12:00:10.1200000+01:00")]
    [InlineData("2026-11-21T12:00:00.0000001+00:00")]
    public static void An_instant_is_written_as_the_frameworks_writer_writes_it(string instant)
    {
        var at = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

        Assert.Equal(ByFramework(json => json.WriteStringValue(at.UtcDateTime)), Written(json => json.Instant(at)));
    }

    [Fact]
    public static void A_text_may_come_in_parts_of_texts_numbers_and_instants()
    {
        var text = Written(json =>
        {
            json.BeginText();
            json.Append("a \"b\" ");
            json.Append(0.50m);
            json.Append(" ");
            json.Append(-7L);
            json.Append(" ");
            json.Append(new DateTimeOffset(2026, 11, 21, 13, 0, 0, TimeSpan.FromHours(1)));
            json.EndText();
        });

        Assert.Equal("\"a \\\"b\\\" 0.5 -7 2026-11-21T12:00:00.0000000Z\"", text);
    }

    [Fact]
    public static void Room_grows_with_what_is_written_and_the_next_document_begins_empty()
    {
        var json = new JsonText(room: 1);
        json.Text(new string('x', 10_000));
        Assert.Equal(10_002, json.Written.Length);

        json.Clear();
        json.Number(7);

        Assert.Equal("7", Encoding.UTF8.GetString(json.Written));
    }

    private static string Written(Action<JsonText> write)
    {
        var json = new JsonText(room: 4);
        write(json);
        return Encoding.UTF8.GetString(json.Written);
    }

    private static string ByFramework(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
