using System.Globalization;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;
using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>
/// The alerts that were raised. The key is the scope's period (so that a new month can raise them again, T44) and the
/// threshold; its stream
/// feeds SNS.
/// </summary>
public sealed class AlertsTable(DynamoClient dynamo, TableNames names, TimeSpan timeout)
{
    private const string ScopePeriodName = "scope_period";
    private const string ThresholdName = "threshold";
    private const string ScopeName = "scope";
    private const string PeriodName = "period";
    private const string PercentName = "percent";
    private const string UsedName = "used";
    private const string LimitName = "limit";
    private const string RaisedAtName = "raised_at";

    private readonly TableCalls calls = new(dynamo, timeout);
    private readonly string table = names.Alerts;

    /// <summary>
    /// Done: it is new, and the stream tells of it. Refused: it was raised before; that one is the value.
    /// </summary>
    public Task<StoreResult<ThresholdAlert>> RaiseAsync(ThresholdAlert alert, CancellationToken stop) => calls.RunAsync(
        $"PutItem {table}",
        (client, limit) => client.PutItemAsync(
            new PutItemRequest
            {
                TableName = table,
                Item = Write(alert),
                ConditionExpression = $"attribute_not_exists({ScopePeriodName})",
                ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            },
            limit),
        _ => new StoreResult<ThresholdAlert>.Done(alert),
        error => FailedCondition.Of(error, Read),
        stop);

    private static Dictionary<string, AttributeValue> Write(ThresholdAlert alert) =>
        HoldItems.WriteTotal(alert.Total)
            .Text(ScopePeriodName, $"{alert.Account.Scope.Value}#{alert.Account.Period}")
            .Text(ThresholdName, ThresholdOf(alert))
            .Text(ScopeName, alert.Account.Scope.Value)
            .Text(PeriodName, alert.Account.Period)
            .Number(PercentName, (long)alert.ThresholdPercent)
            .Number(UsedName, alert.Used)
            .Number(LimitName, alert.Limit)
            .Instant(RaisedAtName, alert.RaisedAt)
            .Item;

    private static ThresholdAlert Read(Dictionary<string, AttributeValue> stored)
    {
        var item = new ItemReader(stored);
        return new ThresholdAlert(
            new AccountKey(AccountItem.ReadScope(item.Text(ScopeName)), item.Text(PeriodName)),
            HoldItems.ReadTotal(item),
            checked((int)item.Long(PercentName)),
            item.Decimal(UsedName),
            item.Decimal(LimitName),
            item.Instant(RaisedAtName));
    }

    // The month item carries days, hours and minutes too: the window inside it belongs to what was reached.
    private static string ThresholdOf(ThresholdAlert alert) => string.Create(
        CultureInfo.InvariantCulture,
        $"{alert.Total.Window}#{BudgetNames.Dimensions[alert.Total.Dimension]}#{alert.ThresholdPercent:0000}");
}
