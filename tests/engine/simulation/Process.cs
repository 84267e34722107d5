namespace AiGateway.Engine.Tests.Simulation;

/// <summary>Who makes a call: faults are planted by role.</summary>
internal enum Role
{
    Enforcement,
    Attribution,
    Sweep,
    Operator,
}

/// <summary>
/// One invocation of a function. Killed, it never sees another answer; what it sent is under way all the same.
/// </summary>
internal sealed class Process(Role role)
{
    public Role Role { get; } = role;

    public bool IsDead { get; private set; }

    public void Kill() => IsDead = true;
}
