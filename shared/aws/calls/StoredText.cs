using AiGateway.Domain;
using AiGateway.Domain.Budgets;

namespace AiGateway.Aws;

/// <summary>
/// Reads texts that stand for values of the domain; one that stands for none makes the item malformed.
/// </summary>
internal static class StoredText
{
    public static T Read<T>(StoredNames<T> names, ItemReader item, string name)
        where T : struct, Enum =>
        names.Find(item.Text(name))
            ?? throw new MalformedItemException($"The item's '{name}' is none of {string.Join(", ", names.All)}.");

    public static Usd ReadUsd(decimal amount, string name) => decimal.Round(amount, Usd.DecimalsMax) == amount
        ? new Usd(amount)
        : throw new MalformedItemException($"The item's '{name}' has more than {Usd.DecimalsMax} decimals.");
}
