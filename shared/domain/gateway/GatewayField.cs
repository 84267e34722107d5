namespace AiGateway.Domain.Gateway;

/// <summary>When a reader may count on a header or a log field.</summary>
public enum Presence
{
    /// <summary>On every call, or on every line of a request that got past authentication.</summary>
    Always,

    /// <summary>Only where the token, the request or the answer has it. Absent is not zero.</summary>
    WhereKnown,
}

/// <summary>One name on the wire between the gateway and the functions.</summary>
/// <param name="Name">Exactly as it is written: headers in lower case, log fields flat with their dots.</param>
/// <param name="Presence">Whether a reader may count on it.</param>
/// <param name="Meaning">One sentence, with the unit where there is one.</param>
public sealed record GatewayField(string Name, Presence Presence, string Meaning);
