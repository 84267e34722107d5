namespace AiGateway.Domain;

/// <summary>What a caller did wrong, in a sentence that says what was wrong and what would be right.</summary>
/// <param name="Code">A stable snake_case name for logs and metrics.</param>
/// <param name="Message">The sentence.</param>
public sealed record Problem(string Code, string Message);

/// <summary>A value, or the caller's mistake. Bugs throw; outages have readings of their own.</summary>
public abstract record Outcome<T>
{
    private Outcome()
    {
    }

    public sealed record Ok(T Value) : Outcome<T>;

    public sealed record Failed(Problem Problem) : Outcome<T>;

    public static implicit operator Outcome<T>(T value) => new Ok(value);

    public static implicit operator Outcome<T>(Problem problem) => new Failed(problem);
}
