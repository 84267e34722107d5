using AiGateway.Domain.AccessLog;
using AiGateway.Domain.Identity;

namespace AiGateway.Domain.Settlement;

/// <summary>
/// The callers of lines, as a directory resolves them: most lines are of the same few. Bounded; for one batch at a time.
/// </summary>
public sealed class LineCallers(CallerDirectory directory)
{
    private const int Slots = 512;

    /// <summary>Of all that tells a caller, together. Some of it is the caller's own text: a longer one is not kept.</summary>
    private const int CharactersMax = 1_024;

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
            line.Groups.Count == 0 ? "" : string.Join(',', line.Groups),
            line.Project,
            model);
        return known.Find(asker)
            ?? (asker.Characters <= CharactersMax ? known.Keep(asker, Resolve(line, model)) : Resolve(line, model));
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
        public int Characters => Length(Subject) + Length(ClientId) + Length(Team) + Length(CostCenter) + Length(Tier)
            + Groups.Length + Length(Project) + Length(Model);

        public override int GetHashCode() => ShortHash.Of(Subject ?? ClientId, Team, Model, Project);

        private static int Length(string? text) => text?.Length ?? 0;
    }
}
