using System.Buffers.Binary;
using System.Text;
using AiGateway.Domain;

namespace AiGateway.Local.Packaging;

/// <summary>
/// What a native binary says of itself in its section headers (System V ABI, chapter 4): 64 bits, little endian, as Lambda runs them.
/// </summary>
/// <param name="Machine">The processor's number in the ABI: 62 is x86-64, 183 is AArch64.</param>
/// <param name="Sections">The sections' names, in the file's order.</param>
/// <param name="HasSymbolTable">The table that only debuggers and linkers read, which stripping removes.</param>
/// <param name="SymbolVersions">The versions of other libraries' symbols that it needs, such as <c>GLIBC_2.34</c>.</param>
/// <param name="Libraries">The libraries that the loader loads for it, such as <c>libc.so.6</c>.</param>
internal sealed record ElfFile(
    int Machine,
    IReadOnlyList<string> Sections,
    bool HasSymbolTable,
    IReadOnlyList<string> SymbolVersions,
    IReadOnlyList<string> Libraries)
{
    private const int HeaderLength = 64;
    private const int SymbolTable = 2;
    private const int Dynamic = 6;
    private const int VersionsNeeded = 0x6ffffffe;
    private const int LibraryNeeded = 1;

    /// <returns>What the file says, or why it is no such file. Every offset in it is checked.</returns>
    public static Outcome<ElfFile> Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderLength || !file.StartsWith("\u007fELF"u8))
        {
            return new Problem("no_elf", "is no native binary");
        }

        if (file[4] != 2 || file[5] != 1)
        {
            return new Problem("other_elf", "is not a binary of 64 bits, little endian");
        }

        try
        {
            return Read(file);
        }
        catch (InvalidDataException error)
        {
            return new Problem("broken_elf", $"is a broken binary: {error.Message}");
        }
    }

    private static ElfFile Read(ReadOnlySpan<byte> file)
    {
        var sections = SectionsOf(file);
        var names = sections[UInt16(file, 62) is var at && at < sections.Count
            ? at
            : throw new InvalidDataException("no section has the names")];
        return new ElfFile(
            UInt16(file, 18),
            NamesOf(file, names, sections),
            sections.Any(one => one.Kind == SymbolTable),
            VersionsIn(file, sections),
            LibrariesIn(file, sections));
    }

    private static List<Section> SectionsOf(ReadOnlySpan<byte> file)
    {
        var (start, length, count) = (UInt64(file, 40), UInt16(file, 58), UInt16(file, 60));
        if (count == 0 || length < HeaderLength)
        {
            throw new InvalidDataException("it has no section headers, so nothing can be said of it");
        }

        var table = Slice(file, start, (ulong)length * count);
        var sections = new List<Section>(count);
        for (var at = 0; at < count; at++)
        {
            var one = table[(at * length)..];
            sections.Add(new Section(
                UInt32(one, 0), UInt32(one, 4), UInt64(one, 24), UInt64(one, 32), UInt32(one, 40)));
        }

        return sections;
    }

    private static List<string> NamesOf(ReadOnlySpan<byte> file, Section names, List<Section> sections)
    {
        var table = Slice(file, names.Offset, names.Length);
        var found = new List<string>();
        foreach (var section in sections)
        {
            found.Add(Text(table, section.Name));
        }

        return found;
    }

    /// <summary>A chain of libraries, each with a chain of versions; the steps are from one entry to the next.</summary>
    private static List<string> VersionsIn(ReadOnlySpan<byte> file, List<Section> sections)
    {
        var found = new List<string>();
        foreach (var section in sections.Where(one => one.Kind == VersionsNeeded))
        {
            var bytes = Slice(file, section.Offset, section.Length);
            var texts = Linked(file, section, sections);
            for (var (library, step) = (0UL, 1UL); step != 0; library += step)
            {
                var needed = Slice(bytes, library, 16);
                var version = library + UInt32(needed, 8);
                for (var left = UInt16(needed, 2); left > 0; left--)
                {
                    var entry = Slice(bytes, version, 16);
                    found.Add(Text(texts, UInt32(entry, 8)));
                    version += UInt32(entry, 12);
                }

                step = UInt32(needed, 12);
            }
        }

        return [.. found.Distinct().Order(StringComparer.Ordinal)];
    }

    private static List<string> LibrariesIn(ReadOnlySpan<byte> file, List<Section> sections)
    {
        var found = new List<string>();
        foreach (var section in sections.Where(one => one.Kind == Dynamic))
        {
            var bytes = Slice(file, section.Offset, section.Length);
            var texts = Linked(file, section, sections);
            for (var at = 0; at + 16 <= bytes.Length; at += 16)
            {
                if (UInt64(bytes, at) == LibraryNeeded)
                {
                    found.Add(Text(texts, UInt64(bytes, at + 8)));
                }
            }
        }

        return found;
    }

    private static ReadOnlySpan<byte> Linked(ReadOnlySpan<byte> file, Section section, List<Section> sections) =>
        section.Link < sections.Count
            ? Slice(file, sections[(int)section.Link].Offset, sections[(int)section.Link].Length)
            : throw new InvalidDataException("a section's texts are missing");

    private static string Text(ReadOnlySpan<byte> texts, ulong offset)
    {
        var rest = Slice(texts, offset, (ulong)texts.Length - Math.Min(offset, (ulong)texts.Length));
        var end = rest.IndexOf((byte)0);
        return end < 0 ? throw new InvalidDataException("a text has no end") : Encoding.UTF8.GetString(rest[..end]);
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, ulong offset, ulong length) =>
        offset <= (ulong)bytes.Length && length <= (ulong)bytes.Length - offset
            ? bytes.Slice((int)offset, (int)length)
            : throw new InvalidDataException("it points beyond its end");

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong UInt64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private readonly record struct Section(uint Name, uint Kind, ulong Offset, ulong Length, uint Link);
}
