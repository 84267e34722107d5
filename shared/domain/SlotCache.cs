namespace AiGateway.Domain;

/// <summary>
/// A fixed number of answers, each at the place that its key's hash names or at the one beside it; a new one drives the older
/// of the two out. What is found was kept under an equal key: it saves time and changes no answer.
/// </summary>
/// <param name="slots">How many: a power of two.</param>
internal sealed class SlotCache<TKey, TAnswer>(int slots)
    where TKey : struct, IEquatable<TKey>
    where TAnswer : class
{
    private readonly (TKey Key, TAnswer? Answer)[] kept = new (TKey, TAnswer?)[slots];

    /// <summary>Null: nothing is kept for this key, or no longer.</summary>
    public TAnswer? Find(in TKey key)
    {
        var slot = Slot(key);
        return At(slot, key) ?? At(slot ^ 1, key);
    }

    /// <summary>Keeps the answer, and returns it.</summary>
    public TAnswer Keep(in TKey key, TAnswer answer)
    {
        var slot = Slot(key);
        kept[slot ^ 1] = kept[slot];
        kept[slot] = (key, answer);
        return answer;
    }

    private TAnswer? At(int slot, in TKey key)
    {
        ref readonly var one = ref kept[slot];
        return one.Answer is { } answer && one.Key.Equals(key) ? answer : null;
    }

    private int Slot(in TKey key) => key.GetHashCode() & (kept.Length - 1);
}
