namespace AiGateway.Domain.AccessLog;

/// <summary>
/// After which field which one came the last time. The gateway writes its fields in one order and leaves some out, so that it is
/// mostly the same one again, and a look tells. Whoever guesses wrong looks it up.
/// </summary>
internal sealed class FieldOrder
{
    /// <summary>Before the first field, and after one that has no number.</summary>
    public const int None = -1;

    private readonly int[] after = new int[KnownFields.Count + 1];

    public int After(int field) => after[field + 1];

    public void Learn(int field, int next) => after[field + 1] = next;
}
