namespace AiGateway.Domain.Settlement;

/// <summary>Names of the caller's choice, as the ledger keeps them: bounded, whole characters only (T101).</summary>
internal static class LedgerText
{
    public const int LengthMax = 256;

    public static string? Bounded(string? text)
    {
        if (text is null || text.Length <= LengthMax)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[LengthMax - 1]) ? LengthMax - 1 : LengthMax)];
    }
}
