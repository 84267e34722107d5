using System.Globalization;

namespace AiGateway.Domain.Pricing;

/// <summary>Says why there is no price. Names come from callers: they are cut, never echoed whole.</summary>
internal static class UnknownReason
{
    private const int ShownMax = 120;

    internal static string For(PriceQuery query, ModelPrice? later, bool isKnownProvider)
    {
        var model = query.ResponseModel is { Length: > 0 } answered ? answered : query.RequestModel;
        if (string.IsNullOrEmpty(model))
        {
            return "No model is named.";
        }

        if (later is not null)
        {
            var from = later.EffectiveFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return $"{later.Provider} {later.Model} has no known price before {from}.";
        }

        if (!isKnownProvider)
        {
            return $"The price book has no provider '{Shown(query.Provider)}'.";
        }

        return ModelNames.IsOpaque(model)
            ? $"'{Shown(model)}' is a resource of an account: only an override can say what is behind it."
            : $"The price book has no model '{Shown(model)}' of {Shown(query.Provider ?? "any provider")}.";
    }

    private static string Shown(string? text) =>
        text is { Length: > ShownMax } ? text[..ShownMax] + "…" : text ?? "";
}
