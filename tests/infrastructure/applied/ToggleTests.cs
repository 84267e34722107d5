using AiGateway.Infrastructure.Tests.Workspace;

namespace AiGateway.Infrastructure.Tests.Applied;

/// <summary>Each feature is turned on and off by itself, and takes nothing with it but its own (T82).</summary>
[Collection(AppliedCollection.Name)]
public sealed class ToggleTests(AppliedInfrastructure applied)
{
    // Planned, not in the state of what was applied: the emulator could not carry them.
    private static readonly string[] s_notCarried = ["aws_cloudwatch_query_definition.this"];

    public static TheoryData<string> Applied => [.. Feature.All.Where(feature => !feature.IsOnlyPlanned).Select(feature => feature.Name)];

    public static TheoryData<string> On => [.. Feature.All.Where(feature => !feature.StaysOn).Select(feature => feature.Name)];

    public static TheoryData<string> Both =>
        [.. Feature.All.Where(feature => !feature.StaysOn && !feature.IsOnlyPlanned).Select(feature => feature.Name)];

    public static TheoryData<string> Features => [.. Feature.All.Select(feature => feature.Name)];

    [Theory]
    [MemberData(nameof(Applied))]
    public void Off_destroys_only_its_own(string name)
    {
        var feature = Named(name);
        var off = applied.Toggles.Off(feature);

        Assert.NotEmpty(off);
        Assert.All(Addresses(off, "delete"), address => Assert.True(feature.Owns(address), $"{name} would destroy {address}"));
        Assert.Empty(Addresses(off, "create"));
    }

    [Theory]
    [MemberData(nameof(Applied))]
    public void Off_destroys_all_that_is_there_of_it(string name)
    {
        var feature = Named(name);
        var there = applied.Resources.Where(one => (string)one.Value["mode"]! == "managed").Select(one => one.Key);

        Assert.Equal(
            there.Where(address => IsIts(feature, address)).Order(),
            Addresses(applied.Toggles.Off(feature), "delete").Where(address => IsIts(feature, address)).Order());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void On_makes_what_off_destroys(string name)
    {
        var feature = Named(name);

        Assert.Equal(
            Addresses(applied.Toggles.Off(feature), "delete").Where(address => IsIts(feature, address)).Order(),
            Addresses(applied.Toggles.On(feature), "create").Where(address => IsIts(feature, address))
                .Where(address => !s_notCarried.Any(address.Contains)).Order());
    }

    [Theory]
    [MemberData(nameof(On))]
    public void On_makes_only_its_own_and_destroys_nothing(string name)
    {
        var feature = Named(name);
        var on = applied.Toggles.On(feature);

        Assert.NotEmpty(on);
        Assert.All(Addresses(on, "create"), address => Assert.True(feature.Owns(address), $"{name} would make {address}"));
        Assert.Empty(Addresses(on, "delete"));
    }

    /// <summary>ECS knows no change of a task definition but a new revision.</summary>
    [Theory]
    [MemberData(nameof(Features))]
    public void Nothing_else_is_replaced_or_changed_either_way(string name)
    {
        var feature = Named(name);
        var changes = (feature.StaysOn ? [] : applied.Toggles.On(feature)).Concat(feature.IsOnlyPlanned ? [] : applied.Toggles.Off(feature)).ToList();

        Assert.All(Addresses(changes, "replace"), address => Assert.True(feature.MayReplace(address), $"{name} would replace {address}"));
        Assert.All(Addresses(changes, "update"), address => Assert.True(feature.MayChange(address), $"{name} would change {address}"));
        Assert.Equal(feature.HasNewTask, Addresses(changes, "replace").Any());
        Assert.Empty(changes.Select(change => change.Action).Except(["create", "delete", "replace", "update"]));
    }

    /// <summary>Not only planned: the emulator took everything away that is off, but for what it never had.</summary>
    [Fact]
    public void All_can_be_turned_off_at_once()
    {
        var errors = applied.Toggles.AllOff.Errors.Split("Error: ").Skip(1);

        Assert.All(errors, error => Assert.Contains("aws_appautoscaling_target.gateway", error));
        Assert.Contains("Destruction complete", applied.Toggles.AllOff.Output);
    }

    private static bool IsIts(Feature feature, string address) => feature.Own.Any(own => address.StartsWith(own, StringComparison.Ordinal));

    private static Feature Named(string name) => Feature.All.Single(feature => feature.Name == name);

    private static IEnumerable<string> Addresses(IEnumerable<PlannedChange> changes, string action) =>
        changes.Where(change => change.Action == action).Select(change => change.Address);
}
