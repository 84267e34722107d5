using System.Text.RegularExpressions;

namespace AiGateway.Local.Mutants;

/// <summary>How the tests answered a mutant.</summary>
internal enum MutantFate
{
    /// <summary>Left out by the configuration.</summary>
    Ignored,

    /// <summary>In the mutated library, and not tried: outside of what Stryker was asked to try.</summary>
    Planted,

    /// <summary>The mutated code does not compile, so that it says nothing about the tests.</summary>
    NotCompiled,

    /// <summary>A test failed, or (where Stryker tried it) ran into its time limit.</summary>
    Killed,

    /// <summary>Tried alone, the tests did not end: told apart, because a busy machine may be the reason.</summary>
    TimedOut,

    /// <summary>Every test that runs the code passed, or none runs it.</summary>
    Survived,
}

/// <summary>What a mutant is known by from one night to the next: no line number, which any edit above it moves.</summary>
/// <param name="File">From the repository's root, with slashes.</param>
/// <param name="Mutator">As Stryker names it: <c>Equality mutation</c>.</param>
/// <param name="Original">The code, on one line, cut off after <see cref="LengthMax"/> characters.</param>
/// <param name="Replacement">What stands in its place, likewise.</param>
internal sealed partial record MutantKey(string File, string Mutator, string Original, string Replacement)
{
    /// <summary>A removed block is known by how it begins.</summary>
    public const int LengthMax = 160;

    public override string ToString() => $"{File}: {Mutator}: {Original} → {Replacement}";

    /// <summary>Code as it stands in a key: white space is one space, and a long text ends with an ellipsis.</summary>
    public static string OneLine(string code)
    {
        var plain = WhiteSpace().Replace(code, " ").Trim();
        return plain.Length <= LengthMax ? plain : plain[..LengthMax] + "…";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}

/// <summary>One mutant of a run.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Fate">How the tests answered it.</param>
/// <param name="Id">Its number in this run, by which the mutated library switches it on.</param>
/// <param name="Line">For whoever looks for it now.</param>
internal sealed record Mutant(MutantKey Key, MutantFate Fate, int Id, int Line);
