using AiGateway.Domain.Identity;
using AiGateway.Engine;

namespace AiGateway.Aws;

/// <summary>The registered teams. Written by <c>admin_api</c>.</summary>
public sealed class TeamsTable(DynamoClient dynamo, TableNames names, TimeSpan timeout)
{
    private const string TeamName = "team";
    private const string TierName = "tier";
    private const string CostCenterName = "cost_center";
    private const string ProjectsName = "projects";

    private readonly WholeTable teams = new(dynamo, names.Teams, timeout);

    public Task<StoreResult<IReadOnlyList<TeamRegistration>>> ReadAllAsync(CancellationToken stop) =>
        teams.ScanAsync(Read, stop);

    public Task<StoreResult<TeamRegistration>> PutAsync(TeamRegistration team, CancellationToken stop) =>
        teams.PutAsync(team, Write(team), stop);

    /// <summary>Done with whether there was one.</summary>
    public Task<StoreResult<bool>> DeleteAsync(string team, CancellationToken stop) =>
        teams.DeleteAsync(new ItemWriter().Text(TeamName, team).Item, stop);

    private static Dictionary<string, AttributeValue> Write(TeamRegistration team) => new ItemWriter()
        .Text(TeamName, team.Team)
        .Text(TierName, team.Tier)
        .Text(CostCenterName, team.CostCenter)
        .Set(ProjectsName, ItemWriter.List(team.Projects, project => new AttributeValue { S = project }))
        .Item;

    private static TeamRegistration Read(Dictionary<string, AttributeValue> stored)
    {
        var item = new ItemReader(stored);
        return new TeamRegistration(
            item.Text(TeamName),
            item.OptionalText(TierName),
            item.OptionalText(CostCenterName),
            item.Texts(ProjectsName));
    }
}
