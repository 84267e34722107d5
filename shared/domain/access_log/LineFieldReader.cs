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
            Refuse("duplicate_field", $"The field {KnownFields.NameOf(twice)} stands in the line twice.");
        }
    }

    public Problem? Problem { get; private set; }

    public void Refuse(string code, string message) => Problem ??= new(code, message);

    /// <summary>A text of the kind that many lines have; null: absent or empty.</summary>
    public string? Text(int field, int synonym = -1)
    {
        var present = Present(field, synonym);
        return IsText(present, field) ? NullIfEmpty(fields.TextOf(present)) : null;
    }

    /// <summary>A text of the line's own; null: absent or empty.</summary>
    public string? OwnText(int field) => IsText(field, field) ? NullIfEmpty(fields.OwnTextOf(field)) : null;

    /// <summary>A time; null: absent, or not one.</summary>
    public DateTimeOffset? Time(int field) => IsText(field, field) ? fields.TimeOf(field) : null;

    public IReadOnlyList<string> List(int field)
    {
        switch (fields.KindOf(field))
        {
            case FieldKind.Absent:
                return [];
            case FieldKind.List:
                return fields.ItemsOf(field);
            case FieldKind.Text:
                return [fields.TextOf(field)];
            default:
                Refuse("bad_list", $"The field {KnownFields.NameOf(field)} is not a list of strings.");
                return [];
        }
    }

    public bool? Flag(int field)
    {
        switch (fields.KindOf(field))
        {
            case FieldKind.Absent:
                return null;
            case FieldKind.True:
                return true;
            case FieldKind.False:
                return false;
            default:
                Refuse("bad_flag", $"The field {KnownFields.NameOf(field)} is neither true nor false.");
                return false;
        }
    }

    public long? Count(int field, long max, int synonym = -1)
    {
        var present = Present(field, synonym);
        var kind = fields.KindOf(present);
        if (kind == FieldKind.Absent)
        {
            return null;
        }

        if (kind == FieldKind.Number && fields.WholeOf(present) is >= 0 and var count && count <= max)
        {
            return count;
        }

        Refuse("bad_number", $"The field {KnownFields.NameOf(field)} is not a whole number from 0 to {max}.");
        return null;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private int Present(int field, int synonym) =>
        synonym < 0 || fields.KindOf(field) != FieldKind.Absent ? field : synonym;

    private bool IsText(int present, int field)
    {
        switch (fields.KindOf(present))
        {
            case FieldKind.Text:
                return true;
            case FieldKind.Absent:
                return false;
            default:
                Refuse("bad_text", $"The field {KnownFields.NameOf(field)} is not a string.");
                return false;
        }
    }
}
