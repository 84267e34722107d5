using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Identity;

namespace AiGateway.Domain.Settlement;

/// <summary>
/// The callers of lines, as a directory resolves them: most lines are of the same few. Bounded; for one batch at a time.
/// </summary>
public sealed class LineCallers(CallerDirectory directory)
{
    private const int Slots = 512;

    private readonly SlotCache<Asker, Caller> known = new(Slots);

    public CallerDirectory Registered => directory;

    /// <summary>By the claims that the gateway verified; a raw token is not looked at.</summary>
    public Caller Of(LineCaller line, string? model)
    {
        var asker = new Asker(
            line.Subject,
            line.ClientId,
            line.Team,
            line.CostCenter,
            line.Tier,
            // As claims read them: the webhook has them in one header.
            string.Join(',', line.Groups),
            line.Project,
            model);
        return known.Find(asker)
            ?? (asker.IsShort ? known.Keep(asker, Resolve(line, model)) : Resolve(line, model));
    }

    private Caller Resolve(LineCaller line, string? model) =>
        CallerResolution.Resolve(LineClaims.Of(line), directory).Asking(model);

    private readonly record struct Asker(
        string? Subject,
        string? ClientId,
        string? Team,
        string? CostCenter,
        string? Tier,
        string Groups,
        string? Project,
        string? Model)
    {
        public bool IsShort => KeptTexts.AreShort(Subject, ClientId, Team, CostCenter, Tier, Groups, Project, Model);

        // What tells most callers apart.
        public override int GetHashCode() => ShortHash.Of(Subject, ClientId, Model, Project);
    }
}
