using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Gateway;
using AiGateway.Domain.Identity;

namespace AiGateway.Domain.Settlement;

/// <summary>A line's verified claims, read by the same function as the webhook's (T25).</summary>
public static class LineClaims
{
    public static CallerClaims Of(LineCaller caller) => CallerClaims.FromLogFields(
        field => field switch
        {
            LogFields.Subject => caller.Subject,
            LogFields.ClientId => caller.ClientId,
            LogFields.Team => caller.Team,
            LogFields.CostCenter => caller.CostCenter,
            LogFields.TenantTier => caller.Tier,
            LogFields.Project => caller.Project,
            _ => null,
        },
        caller.Groups);
}
