namespace AiGateway.Benchmarks.Results;

/// <summary>Which way a figure gets better.</summary>
internal enum Better
{
    Lower,
    Higher,

    /// <summary>It says what was measured and is compared with nothing.</summary>
    Neither,
}

/// <summary>One measured figure.</summary>
/// <param name="Name">Part, what, and how: <c>decision.4_kb.p50</c>.</param>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Unit">As printed: <c>µs</c>, <c>/s</c>, <c>bytes</c>.</param>
/// <param name="Better">Which way it gets better.</param>
/// <param name="Goal">What it should be at least or at most; null: none is set.</param>
internal sealed record Figure(string Name, double Value, string Unit, Better Better = Better.Lower, double? Goal = null)
{
    public bool? MeetsGoal => Goal is not { } goal ? null : Better == Better.Higher ? Value >= goal : Value <= goal;
}
