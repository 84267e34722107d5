namespace CostAttribution.Book;

/// <summary>
/// The store does not take some lines that are in order. All others are booked; the batch is delivered again, and in
/// the end
/// Lambda's failure destination has it with this reason.
/// </summary>
internal sealed class StoreRefusalException(int lines, string first)
    : Exception($"The store refused {lines} lines; the first because: {first}")
{
    public static BatchResult ThrowIfAny(BatchResult result)
    {
        var refused = result.Refused.Where(line => line.ByStore).ToList();
        return refused.Count == 0
            ? result
            : throw new StoreRefusalException(refused.Count, refused[0].Problem.Message);
    }
}
