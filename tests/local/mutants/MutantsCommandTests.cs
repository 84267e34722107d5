using AiGateway.Local.Mutants;

namespace AiGateway.Local.Tests.Mutants;

/// <summary>A survivor that nobody has looked at fails the night; a listed one that has gone is told.</summary>
public sealed class MutantsCommandTests : IDisposable
{
    private const string Listed = "shared/domain/Usd.cs\tEquality mutation\tleft < right\tleft <= right\tequal amounts are the same";
    private const string Elsewhere = "shared/domain/ledger/A.cs\tBoolean mutation\ttrue\tfalse\tnot looked at here";

    private readonly List<string> triedAlone = [];
    private MutantFate fateAlone = MutantFate.Survived;
    private bool failsWithout;
    private string how = "again";

    private readonly string folder = Directory.CreateTempSubdirectory("mutants").FullName;

    [Fact]
    public async Task A_listed_survivor_passes_wherever_its_line_has_moved()
    {
        var moved = Report("\n\n  a ? left <\n   right : b", [("Survived", (3, 7), (4, 9))]);
        var run = await RunAsync([Listed, Elsewhere], moved);

        Assert.Equal(
            (0, "shared/domain/Usd.cs: 1 mutants, 0 killed, 1 survived, 0 did not compile\n", ""), run);
    }

    [Fact]
    public async Task A_survivor_that_is_not_listed_fails_and_is_printed_for_the_list()
    {
        var run = await RunAsync([Elsewhere], Survived());

        Assert.Equal(1, run.Code);
        Assert.StartsWith("shared/domain/Usd.cs\tEquality mutation\tleft < right\tleft <= right\t\n", run.Output);
        Assert.Equal("survived, not listed: shared/domain/Usd.cs:1\n", run.Errors);
    }

    [Fact]
    public async Task The_same_mutant_twice_is_listed_twice()
    {
        var twice = Survived("left < right; left < right", 1, 15);

        Assert.Equal(1, (await RunAsync([Listed], twice)).Code);
        Assert.Equal(0, (await RunAsync([Listed, Listed], twice)).Code);
    }

    [Fact]
    public async Task A_listed_one_that_is_killed_now_is_told_and_fails_nothing()
    {
        var run = await RunAsync([Listed, Elsewhere], Report("left < right", ("Killed", 1)));

        Assert.Equal(0, run.Code);
        Assert.Contains("1 killed, 0 survived", run.Output, StringComparison.Ordinal);
        Assert.Equal("listed, but no longer there: shared/domain/Usd.cs: Equality mutation: left < right → left <= right\n", run.Errors);
    }

    [Theory]
    [InlineData("NoCoverage", "0 killed, 1 survived, 0 did")]
    [InlineData("Timeout", "1 killed, 0 survived, 0 did")]
    [InlineData("CompileError", "0 killed, 0 survived, 1 did")]
    [InlineData("Ignored", "0 mutants, 0 killed, 0 survived, 0 did")]
    public async Task Code_that_no_test_runs_survives_and_what_does_not_compile_says_nothing(string status, string figures) =>
        Assert.Contains(figures, (await RunAsync([Listed], Report("left < right", (status, 1)))).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("Pending")]
    [InlineData("RuntimeError")]
    public async Task A_run_that_did_not_end_is_no_result(string status)
    {
        var run = await RunAsync([Listed], Report("left < right", (status, 1)));

        Assert.Equal(1, run.Code);
        Assert.Contains($"A mutant is '{status}'", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shared/domain/Usd.cs\tEquality mutation\ta\tb\t")]
    [InlineData("shared/domain/Usd.cs\tEquality mutation\ta")]
    public async Task A_survivor_is_listed_with_a_reason(string line)
    {
        var run = await RunAsync([line], Survived());

        Assert.Equal((1, "Line 2: five fields are needed, the last one a reason.\n"), (run.Code, run.Errors));
    }

    [Fact]
    public async Task What_is_no_report_is_exit_1_and_no_stack_trace()
    {
        foreach (var text in new[] { "", "[]", "{}", """{"projectRoot":"/x","files":{"/x/A.cs":{"source":"","mutants":[{}]}}}""" })
        {
            var run = await RunAsync([Listed], text);

            Assert.Equal(1, run.Code);
            Assert.StartsWith("This is no mutation report", run.Errors);
        }
    }

    [Fact]
    public void Long_code_is_known_by_its_beginning()
    {
        Assert.Equal(new string('x', 160) + "…", MutantKey.OneLine(new string('x', 161)));
        Assert.Equal(new string('x', 160), MutantKey.OneLine(new string('x', 160)));
    }

    [Fact]
    public async Task A_survivor_that_dies_in_a_process_of_its_own_was_none()
    {
        fateAlone = MutantFate.Killed;

        Assert.Equal(0, (await RunAsync([Elsewhere], Survived())).Code);
        Assert.Equal(["tests.dll -1", "tests.dll 1"], triedAlone);

        triedAlone.Clear();
        await RunAsync([Listed], Survived());
        Assert.Empty(triedAlone);
    }

    /// <summary>Stryker only plants them; what its configuration leaves out is left out here too.</summary>
    [Theory]
    [InlineData("Killed", "1 mutants, 1 killed, 0 survived")]
    [InlineData("TimedOut", "1 mutants, 0 killed, 1 did not end, 0 survived")]
    [InlineData("Survived", "1 mutants, 0 killed, 1 survived")]
    public async Task Mutants_that_nobody_tried_yet_are_tried_alone_the_listed_ones_too(string fate, string figures)
    {
        (how, fateAlone) = ("alone", Enum.Parse<MutantFate>(fate));
        var planted = Report("left < right", ("Ignored", 1)).Replace(
            "\"Ignored\"", "\"Ignored\",\"statusReason\":\"Removed by mutate filter\"", StringComparison.Ordinal);
        var run = await RunAsync([Listed], planted);

        Assert.Equal(0, run.Code);
        Assert.Equal(["tests.dll -1", "tests.dll 1"], triedAlone);
        Assert.Contains(figures, run.Output, StringComparison.Ordinal);
        Assert.Equal(fate == "TimedOut", run.Errors.Contains("did not end", StringComparison.Ordinal));
        Assert.Contains("0 mutants", (await RunAsync([Listed], Report("left < right", ("Ignored", 1)))).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sometimes")]
    [InlineData("--")]
    public async Task What_is_to_be_tried_alone_is_said(string wrong)
    {
        how = wrong;

        Assert.Equal(2, (await RunAsync([Listed], Survived())).Code);
    }

    [Fact]
    public async Task Tests_that_fail_without_a_mutant_tell_nothing_about_one()
    {
        (failsWithout, fateAlone) = (true, MutantFate.Killed);

        var run = await RunAsync([Elsewhere], Survived());

        Assert.Equal(1, run.Code);
        Assert.Contains("they tell nothing", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<MutantFate> TryAloneAsync(string tests, int mutant, CancellationToken stop)
    {
        triedAlone.Add($"{tests} {mutant}");
        return Task.FromResult((mutant == FreshProcess.NoMutant, failsWithout) switch
        {
            (true, true) => MutantFate.Killed,
            (true, false) => MutantFate.Survived,
            _ => fateAlone,
        });
    }

    private static string Survived(string source = "left < right", params int[] columns) =>
        Report(source, [.. columns.DefaultIfEmpty(1).Select(column => ("Survived", column))]);

    // A mutant of twelve characters, "left < right", at each of the columns of the source's one line.
    private static string Report(string source, params (string Status, int Column)[] mutants) => Report(source, mutants.Select(
        mutant => (mutant.Status, (Line: 1, mutant.Column), (Line: 1, Column: mutant.Column + 12))));

    private static string Report(
        string source, IEnumerable<(string Status, (int Line, int Column) Start, (int Line, int Column) End)> mutants)
    {
        var text = mutants.Select(mutant => $$$"""
            {"id":"1","mutatorName":"Equality mutation","replacement":"left <= right","status":"{{{mutant.Status}}}","location":
             {"start":{"line":{{{mutant.Start.Line}}},"column":{{{mutant.Start.Column}}} },
              "end":{"line":{{{mutant.End.Line}}},"column":{{{mutant.End.Column}}} } } }
            """);
        return $$$"""
            {"schemaVersion":"2","thresholds":{},"projectRoot":"/run/tree/shared/domain","files":{"/run/tree/shared/domain/Usd.cs":
             {"language":"cs","source":"{{{source.Replace("\n", "\\n", StringComparison.Ordinal)}}}","mutants":[{{{string.Join(',', text)}}}] } } }
            """;
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string[] list, string report)
    {
        var (listFile, reportFile) = (Path.Combine(folder, "list.tsv"), Path.Combine(folder, "report.json"));
        await File.WriteAllLinesAsync(listFile, [SurvivorList.Heading, .. list]);
        await File.WriteAllTextAsync(reportFile, report);
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        string[] args = [listFile, "shared/domain", reportFile, "tests.dll", how, "shared/domain/Usd.cs", "--"];
        var code = await MutantsCommand.RunAsync(args, TryAloneAsync, output, errors, CancellationToken.None);
        return (code, output.ToString(), errors.ToString());
    }
}
