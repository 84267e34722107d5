using System.Globalization;
using System.Text;
using AiGateway.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Aws.Tests.Calls;

public static class NumbersTests
{
    /// <summary>Any decimal of at most 28 digits, of any scale and sign.</summary>
    internal static Arbitrary<decimal> ExactDecimals => Arb.From(
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from middle in Gen.Choose(int.MinValue, int.MaxValue)
        from high in Gen.Choose(0, 500_000_000)
        from isNegative in Gen.Elements(true, false)
        from scale in Gen.Choose(0, 28)
        from small in Gen.Elements(true, false)
        select small ? new decimal(low, 0, 0, isNegative, (byte)scale) : new decimal(low, middle, high, isNegative, (byte)scale));

    [Fact]
    public static void Every_decimal_comes_back_as_it_was_and_plain() => Prop.ForAll(ExactDecimals, value =>
    {
        var text = Numbers.Text(value);
        return text == value.ToString("0.############################", CultureInfo.InvariantCulture)
            && Numbers.Decimal(text) == value
            && !text.Contains('E', StringComparison.OrdinalIgnoreCase);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public static void Requests_have_the_same_text() => Prop.ForAll(ExactDecimals, value =>
    {
        var json = new JsonText();
        json.NumberAsText(value);
        return Encoding.UTF8.GetString(json.Written) == $"\"{Numbers.Text(value)}\"";
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("999999999999999999")]
    [InlineData("9999999999999999999")]
    [InlineData("4294967296.00")]
    [InlineData("0.000000000000001")]
    [InlineData("00012.50")]
    [InlineData("12.")]
    [InlineData(".5")]
    public static void Reads_plain_numbers_as_the_framework_does_with_the_decimals_that_they_have(string stored) => Assert.Equal(
        decimal.GetBits(decimal.Parse(stored, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)),
        decimal.GetBits(Numbers.Decimal(stored)));

    [Theory]
    [InlineData("1E+2", "100")]
    [InlineData("1.5e3", "1500")]
    [InlineData("1E-12", "0.000000000001")]
    [InlineData("-2.5E-1", "-0.25")]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("-0.000000000001", "-0.000000000001")]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999")]
    public static void Reads_what_the_database_may_write(string stored, string expected) =>
        Assert.Equal(expected, Numbers.Text(Numbers.Decimal(stored)));

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData(".")]
    [InlineData(" 1")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("1E")]
    [InlineData("1E+40")]
    [InlineData("1E-40")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("0.12345678901234567890123456789")]
    public static void Refuses_what_is_no_number_or_what_a_decimal_would_round(string stored) =>
        Assert.Throws<MalformedItemException>(() => Numbers.Decimal(stored));
}
