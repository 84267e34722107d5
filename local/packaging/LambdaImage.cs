namespace AiGateway.Local.Packaging;

/// <summary>What Lambda's <c>provided.al2023</c> image has, and whether a binary asks for more.</summary>
internal static class LambdaImage
{
    /// <summary>Amazon Linux 2023 stays on this version of the C library for as long as it lives (its release notes list glibc-2.34).</summary>
    public static readonly Version Glibc = new(2, 34);

    private static readonly Dictionary<string, int> s_machines = new() { ["x86_64"] = 62, ["arm64"] = 183 };

    // All of them glibc's own, so that they are in every image that has it.
    private static readonly string[] s_libraries =
        ["libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"];

    public static IReadOnlyCollection<string> Architectures => s_machines.Keys;

    /// <summary>The newest version of the C library among those that the binary names.</summary>
    public static Version GlibcNeeded(ElfFile elf) => elf.SymbolVersions
        .Where(version => version.StartsWith("GLIBC_", StringComparison.Ordinal))
        .Select(version => Version.TryParse(version["GLIBC_".Length..], out var number) ? number : new Version(int.MaxValue, 0))
        .Append(new Version(0, 0))
        .Max()!;

    /// <summary>Every reason why the image would not start the binary, or it would carry what only debuggers read.</summary>
    public static IEnumerable<string> FaultsOf(ElfFile elf, string architecture)
    {
        if (elf.Machine != s_machines[architecture])
        {
            yield return $"is not built for {architecture}";
        }

        if (GlibcNeeded(elf) > Glibc)
        {
            var above = elf.SymbolVersions.Where(version => version.StartsWith("GLIBC_", StringComparison.Ordinal))
                .Where(version => !Version.TryParse(version["GLIBC_".Length..], out var number) || number > Glibc);
            yield return $"needs {string.Join(", ", above)}: the image has glibc {Glibc}. Build on a system that is not newer";
        }

        if (elf.Libraries.Except(s_libraries).ToList() is { Count: > 0 } unknown)
        {
            yield return $"needs {string.Join(", ", unknown)}, which the image need not have";
        }

        if (elf.HasSymbolTable)
        {
            yield return "is not stripped: it has a symbol table";
        }

        if (elf.Sections.Where(name => name.StartsWith(".debug", StringComparison.Ordinal)
            || name.StartsWith(".zdebug", StringComparison.Ordinal)).ToList() is { Count: > 0 } debug)
        {
            yield return $"is not stripped: it has {string.Join(", ", debug)}";
        }
    }
}
