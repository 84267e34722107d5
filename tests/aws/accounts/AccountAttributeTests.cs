using AiGateway.Domain.Budgets;
using AiGateway.Domain.Calendar;
using AiGateway.Domain.Ledger;

namespace AiGateway.Aws.Tests.Accounts;

public static class AccountAttributeTests
{
    public static TheoryData<string> WindowNames =>
    [
        .. Enum.GetValues<Window>().Select(window =>
            Periods.Containing(Samples.Now, window, ZoneRules.Utc, FiscalYear.CalendarYear).Name),
        Total.InFlight,
    ];

    [Theory]
    [MemberData(nameof(WindowNames))]
    public static void Every_amount_of_every_window_has_a_name_of_its_own_and_is_read_back(string window)
    {
        var attributes = Enum.GetValues<Dimension>()
            .Select(dimension => new Total(window, dimension))
            .SelectMany(total => new[]
            {
                AccountAttribute.Of(AmountKind.Committed, total),
                AccountAttribute.Of(AmountKind.Settled, total),
                AccountAttribute.Of(AmountKind.Estimated, total),
                AccountAttribute.Of(AmountKind.Moved, total),
                AccountAttribute.Of(AmountKind.Granted, total),
                AccountAttribute.Hold(total, Samples.Bucket),
                AccountAttribute.Hold(total, 0),
                AccountAttribute.Hold(total, 14_776_335),
            })
            .ToList();

        Assert.Equal(attributes.Count, attributes.Select(attribute => attribute.Name).Distinct().Count());
        Assert.All(attributes, attribute => Assert.Equal(attribute, AccountAttribute.Parse(attribute.Name)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c")]
    [InlineData("xM")]
    [InlineData("hM")]
    [InlineData("hM12")]
    [InlineData("c-")]
    [InlineData("scope ")]
    public static void What_is_not_such_a_name_is_not_read(string name) => Assert.Null(AccountAttribute.Parse(name));

    [Fact]
    public static void A_bucket_or_window_that_has_no_name_is_a_bug()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AccountAttribute.Hold(Samples.MonthUsd, -1).Name);
        Assert.Throws<ArgumentOutOfRangeException>(() => AccountAttribute.Hold(Samples.MonthUsd, 14_776_336).Name);
        Assert.Throws<ArgumentException>(() => AccountAttribute.Of(AmountKind.Settled, new Total("d#", Dimension.Usd)));
    }
}
