using System.Diagnostics;
using System.Reflection;

namespace AiGateway.TimeZones.Tests;

/// <summary>The Lambda image may have no zone data: the calendar's tests run again in a process that cannot find the system's.</summary>
public static class WithoutSystemZonesTests
{
    private const string ChildMark = "AIGATEWAY_WITHOUT_SYSTEM_ZONES";

    [Fact]
    public static void The_calendar_needs_no_zone_data_of_the_machine()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(CalendarTableTests).FullName}.*");
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(WithoutSystemZonesTests).FullName}.{nameof(Child_sees_no_system_zones)}");
        start.Environment["TZDIR"] = Path.Combine(AppContext.BaseDirectory, "no-such-folder");
        start.Environment[ChildMark] = "1";

        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();

        Assert.True(child.ExitCode == 0, output);
        Assert.Matches("Total: [1-9][0-9]", output);
    }

    [Fact]
    public static void Child_sees_no_system_zones()
    {
        var isChild = Environment.GetEnvironmentVariable(ChildMark) == "1";

        Assert.Equal(isChild, !TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _));
    }
}
