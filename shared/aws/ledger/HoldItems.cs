using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>Amounts on account items, as lists inside a ledger entry; in the order they were given.</summary>
internal static class HoldItems
{
    private const string ScopeName = "scope";
    private const string PeriodName = "period";
    private const string AmountsName = "amounts";
    private const string WindowName = "window";
    private const string DimensionName = "dimension";
    private const string AmountName = "amount";

    public static AttributeValue Write(IReadOnlyList<AccountHold> holds) => ItemWriter.List(holds, hold => new ItemWriter()
        .Text(ScopeName, hold.Account.StoredScope)
        .Text(PeriodName, hold.Account.Period)
        .Set(AmountsName, ItemWriter.List(hold.Amounts, WriteAmount))
        .AsMap());

    public static IReadOnlyList<AccountHold> Read(ItemReader item, string name) => item.List(name, hold => new AccountHold(
        AccountItem.ReadKey(hold.Text(ScopeName), hold.Text(PeriodName)),
        hold.List(AmountsName, ReadAmount)));

    public static ItemWriter WriteTotal(Total total) => new ItemWriter()
        .Text(WindowName, total.Window)
        .Text(DimensionName, BudgetNames.Dimensions[total.Dimension]);

    public static Total ReadTotal(ItemReader item) =>
        new(item.Text(WindowName), StoredText.Read(BudgetNames.Dimensions, item, DimensionName));

    private static AttributeValue WriteAmount(TotalAmount amount) =>
        WriteTotal(amount.Total).Number(AmountName, amount.Amount).AsMap();

    private static TotalAmount ReadAmount(ItemReader item) => new(ReadTotal(item), item.Decimal(AmountName));
}
