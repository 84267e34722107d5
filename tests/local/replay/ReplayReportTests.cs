using AiGateway.Domain;
using AiGateway.Local.Replay;

namespace AiGateway.Local.Tests.Replay;

public static class ReplayReportTests
{
    [Fact]
    public static void The_json_is_one_line_in_the_documented_order_with_plain_decimal_money()
    {
        var report = new ReplayReport(
            IsLogOnly: false,
            new LineCounts(5, 3, 1, 2, 1),
            new Dictionary<string, TeamReport>
            {
                ["unattributed"] = new(0, 0, Balance.Zero, 0),
                ["research"] = new(2, 1, new Balance(new Usd(0.000000000001m), new Usd(1234567.10m), new Usd(25m)), 4),
            });

        Assert.Equal(
            "{'mode':'decide','lines':{'access':5,'booked':3,'duplicate':1,'ignored':2,'bad':1},'teams':{".Replace('\'', '"')
            + ("'research':{'admitted':2,'refused':1,'measured_usd':'0.000000000001','estimated_usd':'1234567.1',"
            + "'open_holds':4,'open_holds_usd':'25'},'unattributed':{'admitted':0,'refused':0,'measured_usd':'0',"
            + "'estimated_usd':'0','open_holds':0,'open_holds_usd':'0'}}}").Replace('\'', '"'),
            report.ToJson());
        Assert.StartsWith("{\"mode\":\"log_only\"", (report with { IsLogOnly = true }).ToJson());
    }

    [Fact]
    public static void Counts_are_what_cost_attribution_said()
    {
        var reply = """{"lines":7,"access":5,"booked":3,"duplicate":1,"ignored":2,"bad":1,"ignored_by_reason":{},"bad_by_reason":{"not_json":1}}"""u8;

        var twice = LineCounts.Read(reply.ToArray()) + LineCounts.Read(reply.ToArray());

        Assert.Equal((10L, 6L, 2L, 4L, 2L), (twice.Access, twice.Booked, twice.Duplicate, twice.Ignored, twice.Bad));
        Assert.Equal(2, twice.BadByReason["not_json"]);
    }

    [Fact]
    public static void An_answer_without_counts_is_not_taken_for_zero()
    {
        Assert.Throws<FormatException>(() => LineCounts.Read("{}"u8.ToArray()));
        Assert.Throws<FormatException>(() => LineCounts.Read("null"u8.ToArray()));
    }
}
