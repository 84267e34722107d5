using System.IO.Compression;
using AiGateway.Domain;
using AiGateway.Local.Packaging;

namespace AiGateway.Local.Tests.Packaging;

/// <summary>What Lambda could not start, or what carries more than it should, is refused with what is wrong with it.</summary>
public sealed class FunctionArchiveTests : IDisposable
{
    private const int Executable = 0x81ED;
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("archives").FullName;

    public static TheoryData<string, string> Faults => new()
    {
        { "other processor", "bootstrap is not built for x86_64" },
        { "newer C library", "bootstrap needs GLIBC_2.35, GLIBC_2.38: the image has glibc 2.34" },
        { "private C library", "bootstrap needs GLIBC_PRIVATE" },
        { "other library", "bootstrap needs libssl.so.3, which the image need not have" },
        { "symbols", "bootstrap is not stripped: it has a symbol table" },
        { "debug sections", "bootstrap is not stripped: it has .debug_info, .zdebug_line" },
        { "other framework", "bootstrap is not a build for net10.0" },
        { "script", "bootstrap is no native binary" },
        { "debug file", "holds something other than one file named bootstrap at its root: bootstrap, bootstrap.dbg" },
        { "symbols beside it", "holds something other than one file named bootstrap at its root: bootstrap, bootstrap.pdb" },
        { "folder", "holds something other than one file named bootstrap at its root: publish/bootstrap" },
        { "nothing", "holds something other than one file named bootstrap at its root: nothing" },
        { "not executable", "has bootstrap with the mode 100644, not executable as 100755" },
        { "owner only", "has bootstrap with the mode 100700, not executable as 100755" },
        { "time of the build", "has bootstrap with the time 2026-11-21T10:00:00" },
        { "no zip", "can't be read" },
        { "not there", "can't be read" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_archive_that_lambda_can_start_is_taken()
    {
        var facts = Assert.IsType<Outcome<BinaryFacts>.Ok>(FunctionArchive.Look(Archive(new MadeElf()), "x86_64", "net10.0")).Value;

        Assert.Equal(new Version(2, 34), facts.Glibc);
        Assert.Equal(new MadeElf().ToBytes().Length, facts.Length);
        Assert.IsType<Outcome<BinaryFacts>.Ok>(FunctionArchive.Look(Archive(new MadeElf { Machine = 183 }), "arm64", null));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void An_archive_is_looked_at_as_it_is_built(string fault, string sentence)
    {
        var look = FunctionArchive.Look(Planted(fault), "x86_64", "net10.0");

        Assert.Contains(sentence, Assert.IsType<Outcome<BinaryFacts>.Failed>(look).Problem.Message);
    }

    [Fact]
    public async Task Every_fault_of_every_archive_is_told_and_the_good_ones_listed()
    {
        var good = Archive(new MadeElf());
        var bad = Archive(new MadeElf { Machine = 183, HasSymbolTable = true });
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await CheckArchiveCommand.RunAsync(["x86_64", "any", good, bad], TextReader.Null, output, errors, default);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Equal($"{good}\tx86_64\t2.34\t{new MadeElf().ToBytes().Length}{Environment.NewLine}", output.ToString());
        Assert.Contains($"{bad}: bootstrap is not built for x86_64; bootstrap is not stripped", errors.ToString());
    }

    [Theory]
    [InlineData]
    [InlineData("x64", "any", "one.zip")]
    [InlineData("arm64", "net8.0", "one.zip")]
    [InlineData("arm64", "any")]
    public async Task A_wrong_command_line_is_answered_with_the_right_one(params string[] args)
    {
        using var errors = new StringWriter();

        Assert.Equal(ExitCode.Usage, await CheckArchiveCommand.RunAsync(args, TextReader.Null, TextWriter.Null, errors, default));
        Assert.StartsWith("usage: check-archive x86_64|arm64", errors.ToString());
    }

    private string Planted(string fault)
    {
        var good = new MadeElf();
        return fault switch
        {
            "other processor" => Archive(good with { Machine = 183 }),
            "newer C library" => Archive(good with { Versions = ["GLIBC_2.2.5", "GLIBC_2.35", "GLIBC_2.38", "GLIBC_2.34"] }),
            "private C library" => Archive(good with { Versions = ["GLIBC_PRIVATE"] }),
            "other library" => Archive(good with { Libraries = ["libc.so.6", "libssl.so.3"] }),
            "symbols" => Archive(good with { HasSymbolTable = true }),
            "debug sections" => Archive(good with { Sections = [".text", ".debug_info", ".zdebug_line"] }),
            "other framework" => Archive(good with { Mark = "NETCoreApp,Version=v9.0" }),
            "script" => Zip(("bootstrap", "#!/bin/sh\nexec dotnet\n"u8.ToArray(), Executable, s_time)),
            "debug file" => Zip(Bootstrap(), ("bootstrap.dbg", [1], Executable, s_time)),
            "symbols beside it" => Zip(Bootstrap(), ("bootstrap.pdb", [1], Executable, s_time)),
            "folder" => Zip(("publish/bootstrap", good.ToBytes(), Executable, s_time)),
            "nothing" => Zip(),
            "not executable" => Zip(("bootstrap", good.ToBytes(), 0x81A4, s_time)),
            "owner only" => Zip(("bootstrap", good.ToBytes(), 0x81C0, s_time)),
            "time of the build" => Zip(("bootstrap", good.ToBytes(), Executable, new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero))),
            "no zip" => Environment.ProcessPath!,
            "not there" => Path.Combine(_folder, "none.zip"),
            _ => throw new InvalidOperationException(fault),
        };
    }

    private string Archive(MadeElf elf) => Zip(("bootstrap", elf.ToBytes(), Executable, s_time));

    private static (string Name, byte[] Content, int Mode, DateTimeOffset Time) Bootstrap() =>
        ("bootstrap", new MadeElf().ToBytes(), Executable, s_time);

    private string Zip(params (string Name, byte[] Content, int Mode, DateTimeOffset Time)[] files)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var file in files)
        {
            var entry = zip.CreateEntry(file.Name);
            entry.ExternalAttributes = file.Mode << 16;
            entry.LastWriteTime = file.Time;
            using var stream = entry.Open();
            stream.Write(file.Content);
        }

        return path;
    }
}
