namespace AiGateway.DataPlane.Tests.Rendering;

/// <summary>Which toggles are tried together.</summary>
internal static class Combinations
{
    public static IReadOnlySet<string> None { get; } = new HashSet<string>();

    public static IReadOnlySet<string> Everything { get; } = Toggles.All.ToHashSet();

    /// <summary>All that a deployment can have: everything but what points at local servers.</summary>
    public static IReadOnlySet<string> Deployed { get; } =
        Toggles.All.Except(["local_webhook", "mock_providers"]).ToHashSet();

    /// <summary>Few combinations in which any two toggles meet with all values that are allowed together.</summary>
    public static IReadOnlyList<IReadOnlySet<string>> Pairwise()
    {
        var open = AllowedPairs().ToHashSet();
        var chosen = new List<IReadOnlySet<string>> { None, Everything, Deployed };
        chosen.ForEach(one => open.ExceptWith(PairsIn(one)));
        var random = new Random(20261121);
        while (open.Count > 0)
        {
            var best = Enumerable.Range(0, 60)
                .Select(_ => Draw(random, open.First()))
                .Where(Toggles.IsAllowed)
                .MaxBy(one => PairsIn(one).Count(open.Contains))!;
            open.ExceptWith(PairsIn(best));
            chosen.Add(best);
        }

        return chosen;
    }

    /// <summary>
    /// Every allowed combination of the deployment's toggles, in chunks that one run of Terraform can hold. What only
    /// points a gateway at local servers is left at its default here; pairwise has it.
    /// </summary>
    public static IEnumerable<IReadOnlyList<IReadOnlySet<string>>> Exhaustive()
    {
        var toggles = Toggles.All.Except(["local_webhook", "mock_providers"]).ToList();
        return Enumerable.Range(0, 1 << toggles.Count)
            .Select(bits => (IReadOnlySet<string>)toggles.Where((_, index) => (bits >> index & 1) == 1).ToHashSet())
            .Where(Toggles.IsAllowed)
            .Chunk(256);
    }

    public static IEnumerable<(string First, bool FirstOn, string Second, bool SecondOn)> AllowedPairs()
    {
        foreach (var first in Toggles.All)
        {
            foreach (var second in Toggles.All.SkipWhile(one => one != first).Skip(1))
            {
                foreach (var (one, two) in new[] { (false, false), (false, true), (true, false), (true, true) })
                {
                    if (IsReachable(first, one, second, two))
                    {
                        yield return (first, one, second, two);
                    }
                }
            }
        }
    }

    public static IEnumerable<(string First, bool FirstOn, string Second, bool SecondOn)> PairsIn(IReadOnlySet<string> on)
    {
        for (var first = 0; first < Toggles.All.Count; first++)
        {
            for (var second = first + 1; second < Toggles.All.Count; second++)
            {
                var (one, two) = (Toggles.All[first], Toggles.All[second]);
                yield return (one, on.Contains(one), two, on.Contains(two));
            }
        }
    }

    // Everything else may be as it suits: with all else on, only the pair itself can be what is refused.
    private static bool IsReachable(string first, bool firstOn, string second, bool secondOn)
    {
        bool Allowed(IEnumerable<string> others) => Toggles.IsAllowed(
            others.Concat(firstOn ? [first] : []).Concat(secondOn ? [second] : []).ToHashSet());

        var rest = Toggles.All.Where(one => one != first && one != second).ToList();
        return Allowed([]) || Allowed(rest) || Allowed(rest.Where(one => one is "openai" or "guardrails"));
    }

    private static HashSet<string> Draw(Random random, (string First, bool FirstOn, string Second, bool SecondOn) wanted)
    {
        var on = Toggles.All.Where(_ => random.Next(2) == 1).ToHashSet();
        foreach (var (toggle, isOn) in new[] { (wanted.First, wanted.FirstOn), (wanted.Second, wanted.SecondOn) })
        {
            if (isOn)
            {
                on.Add(toggle);
            }
            else
            {
                on.Remove(toggle);
            }
        }

        return on;
    }
}
