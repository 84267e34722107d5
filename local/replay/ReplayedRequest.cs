using AiGateway.Domain.Gateway;
using AiGateway.Domain.Identity;

namespace AiGateway.Local.Replay;

/// <summary>A request as far as it has been replayed.</summary>
internal sealed class ReplayedRequest(string key, RecordedCall first)
{
    public string Key => key;

    /// <summary>By the same rule as both functions.</summary>
    public string Team { get; } = TeamOf(first.Header);

    public RecordedCall LastCall { get; private set; } = first;

    /// <summary>What the gateway made of the last answer.</summary>
    public GatewayAnswer Answer { get; private set; } = new GatewayAnswer.Admitted();

    /// <summary>The attempts that were admitted, in order.</summary>
    public List<RecordedCall> Admitted { get; } = [];

    /// <summary>The gateway does not retry what was refused, nor what it could not ask about.</summary>
    public bool IsOver => Answer is not GatewayAnswer.Admitted;

    public void Asked(RecordedCall call, GatewayAnswer answer)
    {
        LastCall = call;
        Answer = answer;
        if (answer is GatewayAnswer.Admitted)
        {
            Admitted.Add(call);
        }
    }

    private static string TeamOf(Func<string, string?> header) =>
        CallerResolution.Resolve(CallerClaims.FromHeaders(header), CallerDirectory.Empty).Team;
}
