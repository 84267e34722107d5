namespace AiGateway.Domain.AccessLog;

/// <summary>
/// What a line says happened, as far as its money goes. Usage is not looked at here: an answer is measured or
/// estimated by
/// what its usage tells (<c>UsageReading</c>).
/// </summary>
/// <param name="Reason">A stable snake_case name, kept in the ledger.</param>
public abstract record LineMeaning(string Reason)
{
    /// <summary>
    /// No provider was reached. Whether a hold was taken is not certain (the decision may have died half way), so
    /// nothing is
    /// taken back: expiry clears it.
    /// </summary>
    public sealed record NotSent(string Reason) : LineMeaning(Reason);

    /// <summary>A provider was asked and bills nothing: it refused, it failed, or it was never connected to.</summary>
    public sealed record NotBilled(string Reason) : LineMeaning(Reason);

    /// <summary>A provider's answer went to the client, whole or in part.</summary>
    public sealed record Answered(string Reason) : LineMeaning(Reason);

    /// <summary>A provider was asked, may have worked, and nothing of its answer is known: the whole hold.</summary>
    public sealed record MayBeBilled(string Reason) : LineMeaning(Reason);
}
