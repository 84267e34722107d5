using AiGateway.Benchmarks;
using AiGateway.Benchmarks.Attribution;
using AiGateway.Benchmarks.Cold;
using AiGateway.Benchmarks.Decision;
using AiGateway.Benchmarks.Load;
using AiGateway.Benchmarks.Parts;
using AiGateway.Benchmarks.Results;

const int Done = 0;
const int BadUsage = 2;

var parts = new Dictionary<string, Func<BenchOptions, Report, Task>>
{
    [DecisionPart.Name] = DecisionPart.RunAsync,
    [SinglePart.Name] = SinglePart.RunAsync,
    [AttributionPart.Name] = AttributionPart.RunAsync,
    [ColdPart.Name] = ColdPart.RunAsync,
    [LoadPart.Name] = LoadPart.RunAsync,
};
if (BenchOptions.Read(args, [.. parts.Keys], Console.Error) is not { } options)
{
    return BadUsage;
}

var machine = Machine.Here().Text;
var last = FigureFile.Read(ResultFiles.Last);
var reference = FigureFile.Read(ResultFiles.Reference);
var report = new Report(Console.Out, last, reference);
Console.WriteLine(machine);
Console.WriteLine($"last run:  {last.Machine}\nreference: {reference.Machine}");
foreach (var (name, run) in parts.Where(part => options.Parts.Count == 0 || options.Parts.Contains(part.Key)))
{
    await run(options, report);
}

report.End();
if (!options.IsQuick)
{
    // A quick run is too short to be compared with.
    last.With(machine, report.Measured).Write(ResultFiles.Last);
}

if (options.Writes)
{
    var written = reference.With(machine, report.Measured);
    written.Write(ResultFiles.Reference);
    Documentation.Write(written);
    Console.WriteLine("Rewrote tests/benchmarks/reference.tsv and the tables between the bench marks of README.md and docs/speed.md.");
}

return Done;
