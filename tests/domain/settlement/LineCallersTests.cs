using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Identity;
using AiGateway.Domain.Settlement;
using AiGateway.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AiGateway.Domain.Tests.Settlement;

/// <summary>A caller is the one that resolution finds, whoever asked before.</summary>
public static class LineCallersTests
{
    private static readonly CallerDirectory Registered = new(
        new Dictionary<string, ClientRegistration>
        {
            ["known"] = new("known", "payments", "cc-1", Denied: false),
            ["revoked"] = new("revoked", "payments", null, Denied: true),
        },
        new Dictionary<string, TeamRegistration> { ["payments"] = new("payments", "high", "cc-2", ["apollo"]) });

    private static readonly LineCaller Asked = new("sub", "known", "payments", "cc-9", "low", ["leads"], "apollo", null);

    [Fact]
    public static void Every_caller_of_any_lines_is_resolved_as_on_its_own()
    {
        var callers = new LineCallers(Registered);
        var texts = Gen.Elements(
            null, "", " ", "a", "b", "known", "revoked", "payments", " payments\t", "a#b", "unattributed", new string('x', 300));
        var lines =
            from text in texts.ListOf(6)
            from groups in Gen.Elements<string[]>([], ["a"], ["a", "b"], ["a,b"], ["", "a"], ["b", "a"])
            from model in Gen.Elements(null, "m", "gpt-4o", "a#b", new string('m', 400), new string('m', 1_100))
            from project in Gen.Elements(null, "apollo", "zeus")
            select (new LineCaller(text[0], text[1], text[2], text[3], text[4], groups, project, text[5]), model);
        Prop.ForAll(lines.ToArbitrary(), line => Same(callers, line.Item1, line.model)).Check(Laws.Cases(5_000));
    }

    public static TheoryData<string, LineCaller, string?> Others => new()
    {
        { "subject", Asked with { Subject = "other" }, "m" },
        { "client", Asked with { ClientId = "revoked" }, "m" },
        { "team", Asked with { Team = "search" }, "m" },
        { "cost center", Asked with { CostCenter = null }, "m" },
        { "tier", Asked with { Team = "search", Tier = "other" }, "m" },
        { "groups", Asked with { Groups = ["leads", "others"] }, "m" },
        { "project", Asked with { Project = "zeus" }, "m" },
        { "model", Asked, "n" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public static void Callers_that_differ_in_anything_are_not_taken_for_each_other(string what, LineCaller other, string? model)
    {
        var callers = new LineCallers(Registered);
        callers.Of(Asked, "m");
        callers.Of(other with { Tier = null }, model);

        Assert.True(Same(callers, other, model), what);
        Assert.True(Same(callers, Asked, "m"), what);
    }

    [Fact]
    public static void A_caller_that_asks_again_is_resolved_once()
    {
        var callers = new LineCallers(Registered);

        Assert.Same(callers.Of(Asked, "m"), callers.Of(Asked with { OidcData = "a.b.c" }, "m"));
    }

    [Fact]
    public static void A_caller_with_a_long_text_is_not_kept()
    {
        var callers = new LineCallers(Registered);
        bool IsKept(string model) => ReferenceEquals(callers.Of(Asked, model), callers.Of(Asked, model));

        Assert.True(IsKept(new string('m', 1_024)));
        Assert.False(IsKept(new string('m', 1_025)));
    }

    [Fact]
    public static void It_holds_five_hundred_callers_however_many_there_are()
    {
        var callers = new LineCallers(CallerDirectory.Empty);

        var kept = Kept.Of(5_000, number => callers.Of(Asked with { Subject = $"{Guid.NewGuid()}" }, $"{number}"));

        Assert.InRange(kept, 250, 512);
        GC.KeepAlive(callers);
    }

    private static bool Same(LineCallers callers, LineCaller line, string? model)
    {
        var kept = callers.Of(line, model);
        var resolved = CallerResolution.Resolve(LineClaims.Of(line), callers.Registered).Asking(model);
        return kept.Groups.SequenceEqual(resolved.Groups) && kept.Flags.SequenceEqual(resolved.Flags)
            && kept with { Groups = resolved.Groups, Flags = resolved.Flags } == resolved;
    }
}
