using AiGateway.Domain;
using AiGateway.Domain.Budgets;
using AiGateway.Domain.Ledger;

namespace AiGateway.Aws;

/// <summary>
/// Amounts on account items, as lists inside a ledger entry; in the order they were given. Each item is one text, its amounts under the names of what
/// they were added to there (<see cref="AccountAttribute"/>), zero left out:
/// <code>team#payments@2026-11 cM 0.001424 dnhtbk6 1 Cd21 4496 dM</code>
/// So an entry stays under 1 KB before and after it is settled, and each of its writes costs the least there is.
/// </summary>
internal static class HoldItems
{
    private const string WindowName = "window";
    private const string DimensionName = "dimension";
    private const char Separator = ' ';
    private const char PeriodSeparator = '@';

    public static ItemJson Write(ItemJson item, string name, IReadOnlyList<AccountHold> holds) => item.Texts(name, holds, Append);

    public static IReadOnlyList<AccountHold> Read(ItemReader item, string name) => [.. item.Texts(name).Select(Parse)];

    public static ItemWriter WriteTotal(Total total) => new ItemWriter()
        .Text(WindowName, total.Window)
        .Text(DimensionName, BudgetNames.Dimensions[total.Dimension]);

    public static Total ReadTotal(ItemReader item) =>
        new(item.Text(WindowName), StoredText.Read(BudgetNames.Dimensions, item, DimensionName));

    private static void Append(JsonText text, AccountHold hold)
    {
        text.Append(hold.Account.StoredScope);
        text.Literal("@"u8);
        text.Append(hold.Account.Period);
        for (var i = 0; i < hold.Amounts.Count; i++)
        {
            var (total, amount) = hold.Amounts[i];
            text.Literal(" "u8);
            text.Append(AccountAttribute.Of(AmountKind.Committed, total).Name);
            if (amount != 0m)
            {
                text.Literal(" "u8);
                text.Append(amount);
            }
        }
    }

    // A scope is callers' text and may hold either separator; a period and what follows it hold neither.
    private static AccountHold Parse(string text)
    {
        var at = text.LastIndexOf(PeriodSeparator);
        var words = at < 0 ? throw Malformed() : text[(at + 1)..].Split(Separator);
        var amounts = new List<TotalAmount>(words.Length);
        for (var word = 1; word < words.Length; word++)
        {
            if (AccountAttribute.Parse(words[word]) is not { Kind: AmountKind.Committed } attribute)
            {
                throw Malformed();
            }

            var hasAmount = word + 1 < words.Length && words[word + 1] is [>= '0' and <= '9' or '-', ..];
            amounts.Add(new TotalAmount(attribute.Total, hasAmount ? Numbers.Decimal(words[++word]) : 0m));
        }

        return new AccountHold(AccountItem.ReadKey(text[..at], words[0]), amounts);
    }

    private static MalformedItemException Malformed() => new("A hold of the entry is not an account with names and amounts.");
}
