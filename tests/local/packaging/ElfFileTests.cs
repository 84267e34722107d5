using AiGateway.Domain;
using AiGateway.Local.Packaging;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Local.Tests.Packaging;

public static class ElfFileTests
{
    /// <summary>Not one that these tests made: the host of the tests themselves.</summary>
    [Fact]
    public static void Reads_a_binary_of_this_machine()
    {
        var elf = Parsed(File.ReadAllBytes(Environment.ProcessPath!));

        Assert.Equal(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.Arm64 => 183,
            _ => 62,
        }, elf.Machine);
        Assert.Contains(".text", elf.Sections);
        Assert.Contains("libc.so.6", elf.Libraries);
        Assert.Contains(elf.SymbolVersions, version => version.StartsWith("GLIBC_2.", StringComparison.Ordinal));
        Assert.InRange(LambdaImage.GlibcNeeded(elf), new Version(2, 2), new Version(2, 99));
    }

    [Fact]
    public static void Reads_what_a_made_one_says()
    {
        var elf = Parsed(new MadeElf { Machine = 183, HasSymbolTable = true, Sections = [".debug_info"], Libraries = ["libc.so.6", "libm.so.6"] }.ToBytes());

        Assert.Equal(183, elf.Machine);
        Assert.True(elf.HasSymbolTable);
        Assert.Equal(["libc.so.6", "libm.so.6"], elf.Libraries);
        Assert.Equal(["GLIBC_2.2.5", "GLIBC_2.34"], elf.SymbolVersions);
        Assert.Contains(".debug_info", elf.Sections);
    }

    [Theory]
    [InlineData("", "is no native binary")]
    [InlineData("7f454c46", "is no native binary")]
    [InlineData("4d5a", "is no native binary")]
    public static void Says_what_is_no_binary(string hex, string sentence) =>
        Assert.Equal(sentence, Assert.IsType<Outcome<ElfFile>.Failed>(ElfFile.Parse(Convert.FromHexString(hex))).Problem.Message);

    /// <summary>A broken file is answered, never an exception and never without an end.</summary>
    [Fact]
    public static void Answers_for_any_bytes_in_the_place_of_the_right_ones()
    {
        var whole = new MadeElf().ToBytes();
        var mistakes = from at in Gen.Choose(0, whole.Length - 1)
                       from value in Gen.Elements<byte>(0, 1, 2, 0x7f, 0x80, 0xff)
                       from length in Gen.Choose(0, whole.Length)
                       select (At: at, Value: value, Length: length);

        Prop.ForAll(mistakes.ToArbitrary(), mistake =>
        {
            var bytes = (byte[])whole.Clone();
            bytes[mistake.At] = mistake.Value;
            return ElfFile.Parse(bytes) is not null && ElfFile.Parse(bytes.AsSpan(0, mistake.Length)) is not null;
        }).QuickCheckThrowOnFailure();
    }

    private static ElfFile Parsed(byte[] bytes) => Assert.IsType<Outcome<ElfFile>.Ok>(ElfFile.Parse(bytes)).Value;
}
