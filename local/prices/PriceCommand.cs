using AiGateway.Domain;
using AiGateway.Domain.Pricing;

namespace AiGateway.Local.Prices;

/// <summary><c>./dev prices price</c>: JSON lines in, one JSON line out for each, in order.</summary>
internal static class PriceCommand
{
    private const char ByteOrderMark = '\uFEFF';

    internal static async Task<int> RunAsync(
        TextReader input, TextWriter output, bool assumes, DateTimeOffset now, CancellationToken stop)
    {
        var lines = new BoundedLines(input);
        var anyBad = false;
        for (var number = 1L; ; number++)
        {
            var (text, isTooLong) = await lines.ReadAsync(stop);
            if (text is null && !isTooLong)
            {
                return anyBad ? ExitCode.BadInput : ExitCode.Done;
            }

            var answer = isTooLong
                ? new PriceAnswer.Bad($"The line has more than {BoundedLines.LengthMax} characters.")
                : Answer(number == 1 ? text!.TrimStart(ByteOrderMark) : text!, assumes, now);
            anyBad |= answer is PriceAnswer.Bad;
            await output.WriteLineAsync(PriceAnswerJson.Write(number, answer).AsMemory(), stop);
        }
    }

    private static PriceAnswer Answer(string text, bool assumes, DateTimeOffset now) =>
        string.IsNullOrWhiteSpace(text)
            ? new PriceAnswer.Bad("The line is empty.")
            : PriceLineReader.Read(text, now) switch
            {
                Outcome<PriceLine>.Ok ok => PriceAnswer.For(ok.Value, PriceBook.Default, assumes),
                Outcome<PriceLine>.Failed failed => new PriceAnswer.Bad(failed.Problem.Message),
                _ => throw new InvalidOperationException("An outcome is neither."),
            };
}
