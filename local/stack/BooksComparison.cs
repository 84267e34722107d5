using System.Text;
using System.Text.Json;

namespace AiGateway.Local.Stack;

/// <summary>What the sweep function said of ledger and accounts.</summary>
/// <param name="Agree">Nothing differs but what passes by itself.</param>
/// <param name="Words">For a person.</param>
internal sealed record BooksComparison(bool Agree, string Words)
{
    public static async Task<BooksComparison> AskAsync(FunctionHost functions)
    {
        switch (await functions.InvokeAsync(LocalFunctions.Sweep, SweepSchedule.VerifyEvent))
        {
            case InvocationResult.Answered(var payload):
                using (var reply = JsonDocument.Parse(payload))
                {
                    return Read(reply.RootElement);
                }

            case InvocationResult.Failed(_, var document):
                return new BooksComparison(false, $"the sweep function failed: {Encoding.UTF8.GetString(document.Span)}");
            default:
                return new BooksComparison(false, "the sweep function was busy");
        }
    }

    private static BooksComparison Read(JsonElement reply)
    {
        var wrong = reply.GetProperty("wrong").GetInt32();
        var compared = $"{reply.GetProperty("entries").GetInt32()} entries against {reply.GetProperty("accounts").GetInt32()} accounts";
        return wrong == 0
            ? new BooksComparison(true, $"ledger and accounts agree ({compared}, compared by the sweep function)")
            : new BooksComparison(false, $"ledger and accounts differ in {wrong} totals ({compared}); see the log");
    }
}
