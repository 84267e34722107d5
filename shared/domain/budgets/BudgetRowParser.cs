using AiGateway.Domain.Calendar;

namespace AiGateway.Domain.Budgets;

/// <summary>
/// Makes a row valid, or says what is wrong with it. The checks run in a fixed order and the first that fails is named
/// with its scope and
/// field: a budget that is not understood must never read as no budget.
/// </summary>
public static class BudgetRowParser
{
    /// <summary>More than any bill; small enough that sums stay exact.</summary>
    public const decimal UsdMax = 1_000_000_000m;

    public const decimal CountMax = 1_000_000_000_000m;

    public const int WarnPercentMax = 1_000;

    public const int WarningsMax = 10;

    public const int ShardsMax = 64;

    private static readonly IReadOnlyList<int> DefaultWarnPercent = [50, 80, 100];

    /// <param name="fields">What somebody wrote.</param>
    /// <param name="isTimeZone">Whether the zone data knows a name.</param>
    public static Outcome<BudgetRow> Parse(BudgetFields fields, Func<string, bool> isTimeZone)
    {
        if (Scope.Parse(fields.Scope) is not Outcome<Scope>.Ok(var scope))
        {
            return Bad(fields, "scope", "is not one: " + ScopeForms);
        }

        if (BudgetNames.Windows.Find(fields.Window) is not { } window)
        {
            return Bad(fields, "window", OneOf(BudgetNames.Windows));
        }

        var problem = AmountsProblem(fields) ?? ChoiceProblem(fields) ?? RestProblem(fields, isTimeZone);
        return problem is null ? Row(fields, scope, window) : problem;
    }

    private const string ScopeForms =
        "org, team#T, user#U, team#T#user#U, client#C, model#M, team#T#model#M or project#P";

    private static BudgetRow Row(BudgetFields fields, Scope scope, Window window)
    {
        var mode = fields.Mode is null ? BudgetMode.Hard : BudgetNames.Modes.Find(fields.Mode)!.Value;
        var isHard = mode == BudgetMode.Hard;
        return new BudgetRow(scope, window)
        {
            Limits = fields.Limits,
            Override = fields.Override,
            OverrideUntil = fields.OverrideUntil,
            Mode = mode,
            HoldMode = BudgetNames.HoldModes.Find(fields.HoldMode) ?? (isHard ? HoldMode.WorstCase : HoldMode.Expected),
            OnExpiry = BudgetNames.ExpiryPolicies.Find(fields.OnExpiry)
                ?? (isHard ? ExpiryPolicy.Charge : ExpiryPolicy.Release),
            OnRetry = BudgetNames.RetryPolicies.Find(fields.OnRetry) ?? RetryPolicy.Release,
            WarnPercent = [.. (fields.WarnPercent ?? DefaultWarnPercent).Distinct().Order()],
            TimeZone = fields.TimeZone ?? ZoneRules.Utc.Id,
            FiscalYear = ((Outcome<FiscalYear>.Ok)FiscalYear.StartingIn(fields.FiscalYearStartMonth ?? 1)).Value,
            ReplacesTier = fields.ReplacesTier,
            Shards = fields.Shards ?? 1,
        };
    }

    private static Problem? AmountsProblem(BudgetFields fields)
    {
        if (fields.Limits == BudgetAmounts.None)
        {
            return Bad(fields, "limits", "say nothing: name at least one of usd, tokens, requests, in_flight");
        }

        if (fields.Override != BudgetAmounts.None && fields.OverrideUntil is null)
        {
            return Bad(fields, "override_until", "is missing: an override ends at a time");
        }

        return Amounts(fields, string.Empty, fields.Limits) ?? Amounts(fields, "override_", fields.Override);
    }

    private static Problem? Amounts(BudgetFields fields, string prefix, BudgetAmounts amounts) =>
        Amount(fields, prefix + "usd", amounts.Usd, UsdMax, Usd.DecimalsMax)
        ?? Amount(fields, prefix + "tokens", amounts.Tokens, CountMax, decimals: 0)
        ?? Amount(fields, prefix + "requests", amounts.Requests, CountMax, decimals: 0)
        ?? Amount(fields, prefix + "in_flight", amounts.InFlight, CountMax, decimals: 0);

    private static Problem? Amount(BudgetFields fields, string field, decimal? amount, decimal max, int decimals) =>
        amount switch
        {
            null => null,
            < 0m => Bad(fields, field, "is negative"),
            _ when amount > max => Bad(fields, field, $"is more than {max}"),
            _ when decimal.Round(amount.Value, decimals) != amount =>
                Bad(fields, field, $"has more than {decimals} decimals"),
            _ => null,
        };

    private static Problem? ChoiceProblem(BudgetFields fields) =>
        Choice(fields, "mode", fields.Mode, BudgetNames.Modes)
        ?? Choice(fields, "hold_mode", fields.HoldMode, BudgetNames.HoldModes)
        ?? Choice(fields, "on_expiry", fields.OnExpiry, BudgetNames.ExpiryPolicies)
        ?? Choice(fields, "on_retry", fields.OnRetry, BudgetNames.RetryPolicies);

    private static Problem? Choice<T>(BudgetFields fields, string field, string? text, StoredNames<T> names)
        where T : struct, Enum =>
        text is null || names.Find(text) is not null ? null : Bad(fields, field, OneOf(names));

    private static Problem? RestProblem(BudgetFields fields, Func<string, bool> isTimeZone) => fields switch
    {
        { WarnPercent: { Count: > WarningsMax } } =>
            Bad(fields, "warn_percent", $"has more than {WarningsMax} numbers"),
        { WarnPercent: { } percents } when percents.Any(percent => percent is < 1 or > WarnPercentMax) =>
            Bad(fields, "warn_percent", $"has a number that is not from 1 to {WarnPercentMax}"),
        { TimeZone: { } zone } when !isTimeZone(zone) => Bad(fields, "time_zone", "is not an IANA time zone"),
        { FiscalYearStartMonth: < 1 or > 12 } => Bad(fields, "fiscal_year_start_month", "is not from 1 to 12"),
        { Shards: < 1 or > ShardsMax } => Bad(fields, "shards", $"is not from 1 to {ShardsMax}"),
        _ => null,
    };

    private static string OneOf<T>(StoredNames<T> names)
        where T : struct, Enum =>
        "is none of " + string.Join(", ", names.All);

    private static Problem Bad(BudgetFields fields, string field, string what) =>
        new("bad_budget", $"Budget {Bounded(fields.Scope)}, {Bounded(fields.Window)}: {field} {what}.");

    private static string Bounded(string text) => text.Length <= 100 ? text : text[..100];
}
