using System.Globalization;

namespace AiGateway.Domain.AccessLog;

/// <summary>Reads typed fields and remembers the first one that is not what it should be.</summary>
internal sealed class LineFieldReader
{
    private readonly FlatFields fields;

    public LineFieldReader(FlatFields fields)
    {
        this.fields = fields;
        if (fields.Duplicate is { } twice)
        {
            Refuse("duplicate_field", $"The field {twice} stands in the line twice.");
        }
    }

    public Problem? Problem { get; private set; }

    public void Refuse(string code, string message) => Problem ??= new(code, message);

    public string? Text(string name, string? synonym = null) => Find(name, synonym) switch
    {
        { Kind: FieldKind.Absent } => null,
        { Kind: FieldKind.Text } value => value.Text.Length == 0 ? null : value.Text,
        _ => Refused<string>("bad_text", $"The field {name} is not a string."),
    };

    public IReadOnlyList<string> List(string name) => Find(name, null) switch
    {
        { Kind: FieldKind.Absent } => [],
        { Kind: FieldKind.List } value => value.Items,
        { Kind: FieldKind.Text } value => [value.Text],
        _ => Refused<IReadOnlyList<string>>("bad_list", $"The field {name} is not a list of strings.") ?? [],
    };

    public bool? Flag(string name)
    {
        switch (Find(name, null).Kind)
        {
            case FieldKind.Absent:
                return null;
            case FieldKind.True:
                return true;
            case FieldKind.False:
                return false;
            default:
                Refuse("bad_flag", $"The field {name} is neither true nor false.");
                return false;
        }
    }

    public long? Count(string name, long max, string? synonym = null)
    {
        var value = Find(name, synonym);
        if (value.Kind == FieldKind.Absent)
        {
            return null;
        }

        if (value.Kind == FieldKind.Number
            && long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= max)
        {
            return count;
        }

        Refuse("bad_number", $"The field {name} is not a whole number from 0 to {max}.");
        return null;
    }

    private FieldValue Find(string name, string? synonym) =>
        synonym is null || fields[name].Kind != FieldKind.Absent ? fields[name] : fields[synonym];

    private T? Refused<T>(string code, string message)
        where T : class
    {
        Refuse(code, message);
        return null;
    }
}
