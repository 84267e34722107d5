using System.Text;

namespace AiGateway.Domain.Pricing;

/// <summary>
/// The book's text with an index of its lines. Opening it reads no price: it hashes each line's provider and model; a
/// row is parsed when it is first asked for, and kept.
/// </summary>
internal sealed class PriceTable
{
    private const byte Tab = (byte)'\t';
    private const uint Offset = 2166136261;

    private readonly byte[] text;
    private readonly int[] starts;
    private readonly int[] slots;
    private readonly ModelPrice?[] rows;

    private PriceTable(byte[] text, int[] starts)
    {
        this.text = text;
        this.starts = starts;
        rows = new ModelPrice?[starts.Length];
        var size = 16;
        while (size < starts.Length * 2)
        {
            size *= 2;
        }

        slots = new int[size];
        for (var row = 0; row < starts.Length; row++)
        {
            if (row == 0 || !SameKey(row - 1, row))
            {
                Insert(row);
            }
        }
    }

    internal int Count => starts.Length;

    /// <summary>Opens a book: lines sorted by provider, model and date; <c>#</c> starts a comment.</summary>
    internal static PriceTable Open(byte[] text)
    {
        var starts = new List<int>(4096);
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] != (byte)'#' && text[at] != (byte)'\n')
            {
                starts.Add(at);
            }

            var end = text.AsSpan(at).IndexOf((byte)'\n');
            at = end < 0 ? text.Length : at + end + 1;
        }

        return new PriceTable(text, [.. starts]);
    }

    /// <summary>The first row of this provider and model, ignoring ASCII case (an exact spelling wins); -1: none.</summary>
    internal int Find(ReadOnlySpan<char> provider, ReadOnlySpan<char> model)
    {
        var slot = Slot(Hash(Hash(Offset, provider), model));
        var found = -1;
        for (; slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            var row = slots[slot] - 1;
            var key = Key(row);
            if (Matches(key.Provider, provider, out _) && Matches(key.Model, model, out var exact))
            {
                if (exact)
                {
                    return row;
                }

                found = row;
            }
        }

        return found;
    }

    /// <summary>The row, among those of one provider and model, that is in force on this day; null: all are later.</summary>
    internal ModelPrice? InForce(int first, DateOnly day)
    {
        ModelPrice? chosen = null;
        for (var row = first; row < Count && (row == first || SameKey(first, row)); row++)
        {
            var price = Row(row);
            if (price.EffectiveFrom > day)
            {
                break;
            }

            chosen = price;
        }

        return chosen;
    }

    internal ModelPrice Row(int index) => rows[index] ??= PriceRowText.Read(Encoding.UTF8.GetString(Line(index)));

    internal ReadOnlySpan<byte> ProviderOf(int index) => Key(index).Provider;

    internal bool IsProvider(int index, ReadOnlySpan<char> provider) => Matches(Key(index).Provider, provider, out _);

    internal bool SameProvider(int left, int right) => Key(left).Provider.SequenceEqual(Key(right).Provider);

    private static uint Hash(uint hash, ReadOnlySpan<char> part)
    {
        foreach (var character in part)
        {
            hash = Mixed(hash, (byte)character);
        }

        return Mixed(hash, Tab);
    }

    private static uint Hash(uint hash, ReadOnlySpan<byte> part)
    {
        foreach (var character in part)
        {
            hash = Mixed(hash, character);
        }

        return Mixed(hash, Tab);
    }

    private static uint Mixed(uint hash, byte character) => unchecked((hash ^ Lower(character)) * 16777619);

    private static byte Lower(byte character) =>
        character is >= (byte)'A' and <= (byte)'Z' ? (byte)(character | 0x20) : character;

    private static bool Matches(ReadOnlySpan<byte> stored, ReadOnlySpan<char> asked, out bool exact)
    {
        exact = true;
        if (stored.Length != asked.Length)
        {
            return false;
        }

        for (var index = 0; index < stored.Length; index++)
        {
            if (stored[index] != asked[index])
            {
                exact = false;
                if (asked[index] > 127 || Lower(stored[index]) != Lower((byte)asked[index]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Insert(int row)
    {
        var key = Key(row);
        var slot = Slot(Hash(Hash(Offset, key.Provider), key.Model));
        while (slots[slot] != 0)
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        slots[slot] = row + 1;
    }

    private int Slot(uint hash) => (int)((hash ^ (hash >> 15)) & (uint)(slots.Length - 1));

    private bool SameKey(int left, int right)
    {
        var one = Key(left);
        var other = Key(right);
        return one.Model.SequenceEqual(other.Model) && one.Provider.SequenceEqual(other.Provider);
    }

    private RowKey Key(int row)
    {
        var rest = text.AsSpan(starts[row]);
        var provider = rest[..rest.IndexOf(Tab)];
        rest = rest[(provider.Length + 1)..];
        return new RowKey(provider, rest[..rest.IndexOf(Tab)]);
    }

    private ReadOnlySpan<byte> Line(int row)
    {
        var rest = text.AsSpan(starts[row]);
        var end = rest.IndexOf((byte)'\n');
        return end < 0 ? rest : rest[..end];
    }

    private readonly ref struct RowKey(ReadOnlySpan<byte> provider, ReadOnlySpan<byte> model)
    {
        internal ReadOnlySpan<byte> Provider { get; } = provider;

        internal ReadOnlySpan<byte> Model { get; } = model;
    }
}
