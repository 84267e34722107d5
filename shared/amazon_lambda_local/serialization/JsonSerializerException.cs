#nullable disable

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>An event or a reply that could not be read or written as JSON.</summary>
public class JsonSerializerException : Exception
{
    public JsonSerializerException(string message)
        : base(message)
    {
    }

    public JsonSerializerException(string message, Exception exception)
        : base(message, exception)
    {
    }
}
