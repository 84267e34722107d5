namespace AiGateway.Domain.Gateway;

/// <summary>The JSON body of <c>POST /v1/authorize</c>: <c>{"model":"…","size":0}</c>, made by the gateway.</summary>
public static class AuthorizeBody
{
    /// <summary>The model that the client named, a string.</summary>
    public const string Model = "model";

    /// <summary>Bytes of the client's body, an integer.</summary>
    public const string Size = "size";
}
