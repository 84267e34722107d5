using System.IO.Compression;
using System.Text;
using AiGateway.Domain;

namespace AiGateway.Local.Packaging;

/// <summary>
/// A function's archive as <c>./dev package</c> makes it: one executable file named bootstrap, which Lambda's <c>provided.al2023</c> can start.
/// </summary>
internal static class FunctionArchive
{
    /// <summary>A larger archive can't be uploaded directly (Lambda's quotas).</summary>
    private const long LengthMax = 50_000_000;

    /// <summary>Lambda's quota on what an archive unpacks to.</summary>
    private const long UnpackedLengthMax = 250_000_000;

    // A regular file, 0755: Lambda starts bootstrap under a user that does not own it.
    private const int ExecutableFile = 0x81ED;

    // The earliest time that a zip can tell: no moment of a build gets in.
    private static readonly DateTime s_time = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <returns>What the archive holds, or every fault that was found, in one sentence.</returns>
    public static Outcome<BinaryFacts> Look(string file, string architecture, string? framework)
    {
        try
        {
            using var zip = ZipFile.OpenRead(file);
            var faults = FaultsOf(zip, new FileInfo(file).Length).ToList();
            if (zip.Entries.FirstOrDefault(one => one.FullName == "bootstrap") is not { Length: <= UnpackedLengthMax } entry)
            {
                return Refused(faults);
            }

            var bytes = Unpacked(entry);
            if (ElfFile.Parse(bytes) is not Outcome<ElfFile>.Ok(var elf))
            {
                return Refused([.. faults, $"bootstrap {((Outcome<ElfFile>.Failed)ElfFile.Parse(bytes)).Problem.Message}"]);
            }

            faults.AddRange(LambdaImage.FaultsOf(elf, architecture).Concat(FrameworkFaults(bytes, framework)).Select(fault => $"bootstrap {fault}"));
            return faults.Count == 0 ? new BinaryFacts(bytes.Length, LambdaImage.GlibcNeeded(elf)) : Refused(faults);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Refused([$"can't be read: {error.Message}"]);
        }
    }

    private static IEnumerable<string> FaultsOf(ZipArchive zip, long length)
    {
        if (length > LengthMax)
        {
            yield return $"is larger than the {LengthMax / 1_000_000} MB that Lambda takes";
        }

        if (zip.Entries.Count != 1 || zip.Entries[0].FullName != "bootstrap")
        {
            var found = zip.Entries.Count == 0 ? "nothing" : string.Join(", ", zip.Entries.Select(one => one.FullName));
            yield return $"holds something other than one file named bootstrap at its root: {found}";
        }

        foreach (var entry in zip.Entries.Where(one => one.FullName == "bootstrap"))
        {
            if ((entry.ExternalAttributes >> 16 & 0xFFFF) != ExecutableFile)
            {
                yield return $"has bootstrap with the mode {Convert.ToString(entry.ExternalAttributes >> 16 & 0xFFFF, 8)}, not executable as 100755";
            }

            if (entry.LastWriteTime.DateTime != s_time)
            {
                yield return $"has bootstrap with the time {entry.LastWriteTime.DateTime:s}, so that the same binary gives other bytes tomorrow";
            }

            if (entry.Length > UnpackedLengthMax)
            {
                yield return $"unpacks to more than the {UnpackedLengthMax / 1_000_000} MB that Lambda takes";
            }
        }
    }

    /// <summary>The framework stands in the binary as the compiler's own mark.</summary>
    private static IEnumerable<string> FrameworkFaults(byte[] binary, string? framework)
    {
        if (framework is null)
        {
            yield break;
        }

        var mark = $"NETCoreApp,Version=v{framework["net".Length..]}";
        if (!Contains(binary, mark))
        {
            yield return $"is not a build for {framework}";
        }
    }

    private static bool Contains(byte[] binary, string text) =>
        binary.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || binary.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    private static byte[] Unpacked(ZipArchiveEntry entry)
    {
        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Problem Refused(IEnumerable<string> faults) => new("bad_archive", string.Join("; ", faults));
}

/// <summary>What is told of a good archive.</summary>
/// <param name="Length">The binary's, in bytes.</param>
/// <param name="Glibc">The newest version of the C library that it needs.</param>
internal sealed record BinaryFacts(long Length, Version Glibc);
