#nullable disable

namespace Amazon.Lambda.Core;

/// <summary>What a mobile SDK says about its application; null for every event that this project receives.</summary>
public interface IClientContext
{
    IDictionary<string, string> Environment { get; }

    IDictionary<string, string> Custom { get; }
}
