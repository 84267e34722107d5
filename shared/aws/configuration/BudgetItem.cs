using System.Globalization;
using AiGateway.Domain.Budgets;

namespace AiGateway.Aws;

/// <summary>
/// A budget row as it is stored: the same names as in <c>local/budgets.json</c> and in the admin's requests.
/// </summary>
internal static class BudgetItem
{
    public const string ScopeName = "scope";
    public const string WindowName = "window";

    private const string UsdName = "usd";
    private const string TokensName = "tokens";
    private const string RequestsName = "requests";
    private const string InFlightName = "in_flight";
    private const string OverridePrefix = "override_";
    private const string OverrideUntilName = "override_until";
    private const string ModeName = "mode";
    private const string HoldModeName = "hold_mode";
    private const string OnExpiryName = "on_expiry";
    private const string OnRetryName = "on_retry";
    private const string WarnPercentName = "warn_percent";
    private const string TimeZoneName = "time_zone";
    private const string FiscalYearName = "fiscal_year_start_month";
    private const string ReplacesTierName = "replaces_tier";
    private const string ShardsName = "shards";

    public static Dictionary<string, AttributeValue> Write(BudgetFields fields)
    {
        var item = new ItemWriter()
            .Text(ScopeName, fields.Scope)
            .Text(WindowName, fields.Window)
            .Instant(OverrideUntilName, fields.OverrideUntil)
            .Text(ModeName, fields.Mode)
            .Text(HoldModeName, fields.HoldMode)
            .Text(OnExpiryName, fields.OnExpiry)
            .Text(OnRetryName, fields.OnRetry)
            .Set(WarnPercentName, fields.WarnPercent is { } percents
                ? ItemWriter.List(percents, percent => ItemWriter.Number((long)percent))
                : null)
            .Text(TimeZoneName, fields.TimeZone)
            .Number(FiscalYearName, (long?)fields.FiscalYearStartMonth)
            .Flag(ReplacesTierName, fields.ReplacesTier)
            .Number(ShardsName, (long?)fields.Shards);
        WriteAmounts(item, string.Empty, fields.Limits);
        WriteAmounts(item, OverridePrefix, fields.Override);
        return item.Item;
    }

    public static BudgetFields Read(Dictionary<string, AttributeValue> stored)
    {
        var item = new ItemReader(stored);
        return new BudgetFields(item.Text(ScopeName), item.Text(WindowName))
        {
            Limits = ReadAmounts(item, string.Empty),
            Override = ReadAmounts(item, OverridePrefix),
            OverrideUntil = item.OptionalInstant(OverrideUntilName),
            Mode = item.OptionalText(ModeName),
            HoldMode = item.OptionalText(HoldModeName),
            OnExpiry = item.OptionalText(OnExpiryName),
            OnRetry = item.OptionalText(OnRetryName),
            WarnPercent = stored.TryGetValue(WarnPercentName, out var percents) ? ReadPercents(percents) : null,
            TimeZone = item.OptionalText(TimeZoneName),
            FiscalYearStartMonth = Whole(item, FiscalYearName),
            ReplacesTier = item.Flag(ReplacesTierName),
            Shards = Whole(item, ShardsName),
        };
    }

    private static void WriteAmounts(ItemWriter item, string prefix, BudgetAmounts amounts) => item
        .Number(prefix + UsdName, amounts.Usd)
        .Number(prefix + TokensName, amounts.Tokens)
        .Number(prefix + RequestsName, amounts.Requests)
        .Number(prefix + InFlightName, amounts.InFlight);

    private static BudgetAmounts ReadAmounts(ItemReader item, string prefix) => new(
        item.OptionalDecimal(prefix + UsdName),
        item.OptionalDecimal(prefix + TokensName),
        item.OptionalDecimal(prefix + RequestsName),
        item.OptionalDecimal(prefix + InFlightName));

    private static List<int> ReadPercents(AttributeValue value) =>
        [.. (value.L ?? throw Malformed(WarnPercentName)).Select(percent => Whole(percent.N, WarnPercentName))];

    private static int? Whole(ItemReader item, string name) => item.OptionalLong(name) is { } number
        ? Whole(number.ToString(CultureInfo.InvariantCulture), name)
        : null;

    private static int Whole(string? text, string name) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Malformed(name);

    private static MalformedItemException Malformed(string name) => new($"The item's '{name}' is not a whole number.");
}
