using System.Globalization;
using System.Text.Json;
using AiGateway.Domain;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Ledger;
using AiGateway.Local.Stack;

namespace AiGateway.Local.Replay;

/// <summary>What a person sees of a replay: a row for each decision and each booking, and a table at the end.</summary>
/// <param name="output">Rows and table.</param>
/// <param name="errors">What is wrong with the input.</param>
/// <param name="showsRows">False: the table only.</param>
internal sealed class ReplayScreen(TextWriter output, TextWriter errors, bool showsRows)
{
    private const int ReasonCharactersMax = 200;

    private int _number;

    public bool ShowsRows => showsRows;

    public void Decided(ReplayedRequest request)
    {
        _number++;
        if (!showsRows)
        {
            return;
        }

        var call = request.LastCall;
        var what = request.Answer switch
        {
            GatewayAnswer.Admitted when request.Admitted.Count > 1 => $"admitted, attempt {request.Admitted.Count}",
            GatewayAnswer.Admitted => "admitted",
            GatewayAnswer.Refused refused => $"REFUSED {refused.Status}  {Shortened(MessageOf(refused.Body))}",
            GatewayAnswer.Failed failed => $"FAILED  {Shortened(failed.Why)}",
            _ => "",
        };
        output.WriteLine($"{_number,5}  {request.Team,-13} {Model(call.Header(WebhookHeaders.Model)),-26} {what}");
    }

    /// <summary>What a batch booked, and where its teams stand.</summary>
    public void Booked(
        IReadOnlyDictionary<string, LedgerEntry> entries, IReadOnlyDictionary<string, Balance> balances, IReadOnlyList<string> ids)
    {
        foreach (var entry in ids.Distinct().Where(entries.ContainsKey).Select(id => entries[id]))
        {
            if (entry.Result?.Cost is { } cost)
            {
                var held = entry.Attempts.Count == 0 ? "" : $"of {Dollars(entry.Attempts[^1].Hold)} held";
                var kind = $"{entry.State.ToString().ToLowerInvariant()}, {entry.Result.Reason}";
                output.WriteLine($"       {entry.Team,-13} {Model(entry.Result.Model),-26} {Dollars(cost),10} {held,-20} {kind}");
            }
        }

        if (balances.Count == 0)
        {
            return;
        }

        var standing = balances.OrderBy(team => team.Key, StringComparer.Ordinal)
            .Select(team => $"{team.Key} {Dollars(team.Value.Measured + team.Value.Estimated)}"
                + (team.Value.OpenHolds > Usd.Zero ? $" +{Dollars(team.Value.OpenHolds)} held" : ""));
        output.WriteLine($"  used {string.Join("  ", standing)}");
    }

    public void Bad(int first, int last, LineCounts counts)
    {
        var reasons = string.Join(", ", counts.BadByReason.Select(reason => $"{reason.Value} {reason.Key}"));
        errors.WriteLine($"{Recording.LogFile}, lines {first} to {last}: {counts.Bad} bad ({reasons}); the others are booked.");
    }

    public void Bad(BadRecordedLine line) => errors.WriteLine($"{line.File}, line {line.LineNumber}: {line.Why} It was left out.");

    public void Undelivered(int first, int last, string failure) => errors.WriteLine(
        $"{Recording.LogFile}, lines {first} to {last}: cost_attribution failed three times; nothing of them is booked. It said: {failure}");

    public void Table(ReplayReport report, IReadOnlyDictionary<string, Usd> limits)
    {
        output.WriteLine();
        output.WriteLine(
            $"{"team",-14}{"admitted",9}{"refused",9}{"measured USD",16}{"estimated USD",16}{"open holds",12}{"held USD",14}{"limit USD",12}");
        foreach (var (name, team) in report.Teams.OrderBy(team => team.Key, StringComparer.Ordinal))
        {
            var limit = limits.TryGetValue(name, out var amount) ? amount.ToString() : "by tier";
            output.WriteLine(
                $"{name,-14}{team.Admitted,9}{team.Refused,9}{team.Balance.Measured,16}{team.Balance.Estimated,16}"
                + $"{team.OpenHolds,12}{team.Balance.OpenHolds,14}{limit,12}");
        }

        var lines = report.Lines;
        output.WriteLine();
        output.WriteLine(
            $"{lines.Access} access lines; of all lines {lines.Booked} booked, {lines.Duplicate} duplicate, {lines.Ignored} ignored, {lines.Bad} bad");
        if (report.Teams.Values.Any(team => team.Refused > 0))
        {
            output.WriteLine("a refused request's line is ignored: the decision had recorded it already");
        }
    }

    public void Books(BooksComparison books) => (books.Agree ? output : errors).WriteLine(books.Words);

    private static string Dollars(Usd amount) => "$" + amount.Amount.ToString("0.0000##", CultureInfo.InvariantCulture);

    private static string Model(string? model) => model switch
    {
        null or "" => "-",
        { Length: > 26 } => "…" + model[^25..],
        _ => model,
    };

    // What the client is told, in either API's error document.
    private static string MessageOf(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("error").GetProperty("message").GetString() ?? body;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return body;
        }
    }

    private static string Shortened(string text) =>
        text.Length <= ReasonCharactersMax ? text : text[..ReasonCharactersMax] + "…";
}
