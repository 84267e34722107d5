#nullable disable

namespace Amazon.Lambda.Core;

/// <summary>Between the JSON of events and replies, and types.</summary>
public interface ILambdaSerializer
{
    T Deserialize<T>(Stream requestStream);

    void Serialize<T>(T response, Stream responseStream);
}
