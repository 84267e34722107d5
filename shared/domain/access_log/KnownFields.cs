using System.Collections.Frozen;
using System.Text;
using AiGateway.Domain.Gateway;

namespace AiGateway.Domain.AccessLog;

/// <summary>
/// The fields that this project reads, each with a number. A line has some sixty and most are not among them, so a name is
/// looked for as it stands in the line: its bytes, without making a text of it.
/// </summary>
internal static class KnownFields
{
    private const int SlotBits = 9;
    private const int SlotsMask = (1 << SlotBits) - 1;

    // In all lines of the gateway, and read by nobody: so that they are passed as fast as the others.
    private static readonly string[] Passed =
        ["level", "gateway", "listener", "src.addr", "http.method", "http.host", "http.version", "duration"];

    private static readonly string[] Names =
    [
        .. LogFields.All.Select(field => field.Name)
            .Concat(LogSynonyms.FieldOf.Keys)
            .Append(LogSynonyms.OidcData)
            .Append(AccessLineReader.OutputImage)
            .Append(LineTime.RequestStart)
            .Append(LineTime.RequestEnd)
            .Distinct(),
        .. Passed,
    ];

    private static readonly byte[][] Bytes = [.. Names.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] Written = [.. Names.Select(name => Encoding.UTF8.GetBytes($"\"{name}\":"))];

    private static readonly FrozenDictionary<string, int> Numbers =
        Names.Select((name, number) => (name, number)).ToFrozenDictionary(one => one.name, one => one.number);

    // Open addressing; 0: free, else the number and one.
    private static readonly int[] Slots = Table();

    /// <summary>How many have a number, those that are passed among them.</summary>
    public static int Count => Names.Length;

    /// <summary>Whether the field of this number is read. Negative: it has none.</summary>
    public static bool IsRead(int number) => number >= 0 && number < Names.Length - Passed.Length;

    /// <summary>A name as it stands in a line, with what is around it: <c>"team":</c>.</summary>
    public static ReadOnlySpan<byte> WrittenOf(int number) => Written[number];

    public static string NameOf(int number) => Names[number];

    /// <exception cref="KeyNotFoundException">It is none of ours: a mistake of the code that asks.</exception>
    public static int NumberOf(string name) => Numbers[name];

    /// <summary>The number of the field that is named so; negative: it has no number.</summary>
    public static int Find(ReadOnlySpan<byte> name)
    {
        for (var slot = ShortHash.Of(name, SlotBits); Slots[slot] != 0; slot = (slot + 1) & SlotsMask)
        {
            var number = Slots[slot] - 1;
            if (name.SequenceEqual(Bytes[number]))
            {
                return number;
            }
        }

        return -1;
    }

    private static int[] Table()
    {
        var slots = new int[SlotsMask + 1];
        for (var number = 0; number < Bytes.Length; number++)
        {
            var slot = ShortHash.Of(Bytes[number], SlotBits);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & SlotsMask;
            }

            slots[slot] = number + 1;
        }

        return slots;
    }
}
