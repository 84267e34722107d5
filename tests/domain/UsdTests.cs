namespace AiGateway.Domain.Tests;

/// <summary>Money compares, adds, rounds and reads as exact decimals do.</summary>
public static class UsdTests
{
    private static readonly Usd Less = new(1.000000000001m);
    private static readonly Usd More = new(1.000000000002m);

    [Fact]
    public static void An_amount_with_a_thirteenth_decimal_is_refused_and_not_rounded()
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => new Usd(0.0000000000001m));

        Assert.Equal("amount", refused.ParamName);
        Assert.Contains("at most 12 decimals", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0.000000000001m, new Usd(0.000000000001m).Amount);
    }

    [Theory]
    [InlineData("0.0000000000005", "0", "0.000000000001")]
    [InlineData("0.0000000000015", "0.000000000002", "0.000000000002")]
    [InlineData("0.0000000000011", "0.000000000001", "0.000000000002")]
    [InlineData("-0.0000000000019", "-0.000000000002", "-0.000000000001")]
    public static void A_bill_rounds_half_to_even_and_a_hold_rounds_up(string exact, string billed, string held)
    {
        var amount = decimal.Parse(exact, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(billed, Usd.RoundHalfEven(amount).ToString());
        Assert.Equal(held, Usd.RoundUp(amount).ToString());
    }

    [Fact]
    public static void Amounts_add_subtract_and_change_their_sign()
    {
        Assert.Equal("2.000000000003", (Less + More).ToString());
        Assert.Equal("-0.000000000001", (Less - More).ToString());
        Assert.Equal("-1.000000000001", (-Less).ToString());
    }

    [Fact]
    public static void A_smaller_amount_is_less_and_an_equal_one_is_not()
    {
        Assert.Equal([true, false, false], [Less < More, More < Less, Less < new Usd(Less.Amount)]);
        Assert.Equal([false, true, false], [Less > More, More > Less, Less > new Usd(Less.Amount)]);
        Assert.Equal([true, false, true], [Less <= More, More <= Less, Less <= new Usd(Less.Amount)]);
        Assert.Equal([false, true, true], [Less >= More, More >= Less, Less >= new Usd(Less.Amount)]);
    }

    [Fact]
    public static void The_larger_and_the_smaller_of_two_do_not_depend_on_their_order()
    {
        Assert.Equal([More, More], [Usd.Max(Less, More), Usd.Max(More, Less)]);
        Assert.Equal([Less, Less], [Usd.Min(Less, More), Usd.Min(More, Less)]);
        Assert.Equal([-1, 0, 1], [Less.CompareTo(More), Less.CompareTo(Less), More.CompareTo(Less)]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("25")]
    [InlineData("-0.1")]
    [InlineData("0.000000000001")]
    [InlineData("79228162514264.337593543951")]
    public static void What_is_written_reads_back(string text)
    {
        Assert.True(Usd.TryParse(text, out var usd));
        Assert.Equal(text, usd.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("free")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1-")]
    [InlineData("+1")]
    [InlineData("0.0000000000001")]
    [InlineData("79228162514264337593543950336")]
    public static void What_is_no_plain_amount_is_refused_and_reads_as_nothing(string? text)
    {
        Assert.False(Usd.TryParse(text, out var usd));
        Assert.Equal(Usd.Zero, usd);
    }
}
