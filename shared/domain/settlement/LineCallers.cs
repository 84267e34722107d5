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
        // A raw token is kept nowhere.
        var asker = new Asker(line.OidcData is null ? line : line with { OidcData = null }, model);
        return known.Find(asker)
            ?? (asker.IsShort ? known.Keep(asker, Resolve(line, model)) : Resolve(line, model));
    }

    private Caller Resolve(LineCaller line, string? model) =>
        CallerResolution.Resolve(LineClaims.Of(line), directory).Asking(model);

    private readonly struct Asker(LineCaller line, string? model) : IEquatable<Asker>
    {
        private readonly LineCaller line = line;
        private readonly string? model = model;

        public bool IsShort =>
            KeptTexts.AreShort(line.Subject, line.ClientId, line.Team, line.CostCenter, line.Tier, line.Project, model)
            && KeptTexts.IsShort(line.Groups);

        public bool Equals(Asker other) => model == other.model && (ReferenceEquals(line, other.line) || IsSame(line, other.line));

        public override bool Equals(object? obj) => obj is Asker other && Equals(other);

        // What tells most callers apart.
        public override int GetHashCode() => ShortHash.Of(line.Subject, line.ClientId, model, line.Project);

        private static bool IsSame(LineCaller one, LineCaller other) =>
            one.Subject == other.Subject && one.ClientId == other.ClientId && one.Team == other.Team
            && one.CostCenter == other.CostCenter && one.Tier == other.Tier && one.Project == other.Project
            && one.Groups.SequenceEqual(other.Groups);
    }
}
