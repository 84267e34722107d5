using System.Text;
using System.Text.Json;

namespace AiGateway.Local.Replay;

/// <summary>One team at the end of a replay.</summary>
internal sealed record TeamReport(int Admitted, int Refused, Balance Balance, int OpenHolds);

/// <summary>The result of a replay.</summary>
/// <param name="IsLogOnly">Whether nothing was asked.</param>
/// <param name="Lines">As cost_attribution counted them.</param>
/// <param name="Teams">By name, <c>unattributed</c> for requests without one.</param>
internal sealed record ReplayReport(bool IsLogOnly, LineCounts Lines, IReadOnlyDictionary<string, TeamReport> Teams)
{
    /// <summary>One line, in the order that the documentation gives. Money is a plain decimal string.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("mode", IsLogOnly ? "log_only" : "decide");
            json.WriteStartObject("lines");
            json.WriteNumber("access", Lines.Access);
            json.WriteNumber("booked", Lines.Booked);
            json.WriteNumber("duplicate", Lines.Duplicate);
            json.WriteNumber("ignored", Lines.Ignored);
            json.WriteNumber("bad", Lines.Bad);
            json.WriteEndObject();
            json.WriteStartObject("teams");
            foreach (var (name, team) in Teams.OrderBy(team => team.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(name);
                json.WriteNumber("admitted", team.Admitted);
                json.WriteNumber("refused", team.Refused);
                json.WriteString("measured_usd", team.Balance.Measured.ToString());
                json.WriteString("estimated_usd", team.Balance.Estimated.ToString());
                json.WriteNumber("open_holds", team.OpenHolds);
                json.WriteString("open_holds_usd", team.Balance.OpenHolds.ToString());
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
