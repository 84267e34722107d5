namespace AiGateway.Aws;

/// <summary>
/// An item is not as this project writes it. It stays inside this project: <see cref="TableCalls"/> makes it a fault.
/// </summary>
internal sealed class MalformedItemException(string message) : Exception(message);
