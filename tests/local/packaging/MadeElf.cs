using System.Buffers.Binary;
using System.Text;

namespace AiGateway.Local.Tests.Packaging;

/// <summary>A native binary without code: only what says of it which processor it is for, what it needs and what it carries.</summary>
internal sealed record MadeElf
{
    private const int HeaderLength = 64;

    /// <summary>62 is x86-64, 183 is AArch64.</summary>
    public byte Machine { get; init; } = 62;

    public string[] Libraries { get; init; } = ["libc.so.6"];

    /// <summary>Of the first library's symbols.</summary>
    public string[] Versions { get; init; } = ["GLIBC_2.2.5", "GLIBC_2.34"];

    public bool HasSymbolTable { get; init; }

    /// <summary>Names of sections besides.</summary>
    public string[] Sections { get; init; } = [];

    /// <summary>Text somewhere in it, such as the compiler's mark.</summary>
    public string Mark { get; init; } = "NETCoreApp,Version=v10.0";

    public byte[] ToBytes()
    {
        var texts = new Texts();
        var needed = Needed(texts);
        var dynamic = Dynamic(texts);
        var parts = new List<(string Name, uint Kind, uint Link, byte[] Content)>
        {
            ("", 0, 0, []),
            (".dynstr", 3, 0, texts.ToBytes()),
            (".gnu.version_r", 0x6ffffffe, 1, needed),
            (".dynamic", 6, 1, dynamic),
            (".rodata", 1, 0, Encoding.UTF8.GetBytes(Mark)),
        };
        parts.AddRange(Sections.Select(name => (name, 1u, 0u, new byte[8])));
        if (HasSymbolTable)
        {
            parts.Add((".symtab", 2, 1, new byte[24]));
        }

        return Assemble(parts);
    }

    private byte[] Assemble(List<(string Name, uint Kind, uint Link, byte[] Content)> parts)
    {
        var names = new Texts();
        var offsets = parts.Select(part => names.Add(part.Name)).Append(names.Add(".shstrtab")).ToList();
        parts.Add((".shstrtab", 3, 0, names.ToBytes()));
        using var file = new MemoryStream();
        file.Write(new byte[HeaderLength]);
        using var table = new MemoryStream();
        foreach (var (part, name) in parts.Zip(offsets))
        {
            table.Write([
                .. Bytes(name), .. Bytes(part.Kind), .. new byte[16], .. Bytes((ulong)file.Length), .. Bytes((ulong)part.Content.Length),
                .. Bytes(part.Link), .. new byte[20]]);
            file.Write(part.Content);
        }

        var start = file.Length;
        table.WriteTo(file);
        var bytes = file.ToArray();
        ReadOnlySpan<byte> head =
        [
            0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, Machine, 0, 1, 0, 0, 0, .. new byte[16],
            .. Bytes((ulong)start), .. new byte[4], 64, 0, 0, 0, 0, 0, 64, 0, (byte)parts.Count, 0, (byte)(parts.Count - 1), 0,
        ];
        head.CopyTo(bytes);
        return bytes;
    }

    private byte[] Needed(Texts texts)
    {
        if (Versions.Length == 0)
        {
            return [1, 0, 0, 0, .. Bytes(texts.Add(Libraries[0])), .. new byte[8]];
        }

        var entries = Versions.SelectMany((version, at) => (byte[])
            [.. new byte[8], .. Bytes(texts.Add(version)), .. Bytes(at == Versions.Length - 1 ? 0u : 16u)]);
        return [1, 0, (byte)Versions.Length, 0, .. Bytes(texts.Add(Libraries[0])), .. Bytes(16u), .. Bytes(0u), .. entries];
    }

    private byte[] Dynamic(Texts texts) =>
        [.. Libraries.SelectMany(library => (byte[])[.. Bytes(1UL), .. Bytes((ulong)texts.Add(library))]), .. new byte[16]];

    private static byte[] Bytes(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Bytes(ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>A table of texts, each ended by a zero.</summary>
    private sealed class Texts
    {
        private readonly List<byte> _bytes = [0];

        public uint Add(string text)
        {
            var at = (uint)_bytes.Count;
            _bytes.AddRange([.. Encoding.UTF8.GetBytes(text), 0]);
            return at;
        }

        public byte[] ToBytes() => [.. _bytes];
    }
}
