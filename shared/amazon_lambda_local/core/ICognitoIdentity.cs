#nullable disable

namespace Amazon.Lambda.Core;

/// <summary>The Cognito identity of a mobile SDK's caller; null for every event that this project receives.</summary>
public interface ICognitoIdentity
{
    string IdentityId { get; }

    string IdentityPoolId { get; }
}
