namespace AiGateway.Domain;

/// <summary>
/// A fixed number of answers, each at the place that its key's hash names; a new one takes the place of the one before it.
/// What is found was kept under an equal key: it saves time and changes no answer.
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
        ref readonly var slot = ref kept[Slot(key)];
        return slot.Answer is { } answer && slot.Key.Equals(key) ? answer : null;
    }

    /// <summary>Keeps the answer, and returns it.</summary>
    public TAnswer Keep(in TKey key, TAnswer answer)
    {
        kept[Slot(key)] = (key, answer);
        return answer;
    }

    private int Slot(in TKey key) => key.GetHashCode() & (kept.Length - 1);
}
