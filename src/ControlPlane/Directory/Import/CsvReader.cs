using System.Text;

namespace Sidecar.ControlPlane.Directory.Import;

/// <summary>Comma-separated values (RFC 4180), with line breaks of any kind. What is not well formed is told with its line, never guessed at.</summary>
internal sealed class CsvReader(string text)
{
    private int _at;
    private int _line = 1;

    /// <summary>Null: the end. A problem ends the reading.</summary>
    public (int Line, IReadOnlyList<string> Cells, string? Problem)? Read()
    {
        while (_at < text.Length && text[_at] is '\r' or '\n')
        {
            SkipBreak();
        }

        if (_at >= text.Length)
        {
            return null;
        }

        var line = _line;
        var cells = new List<string>();
        while (true)
        {
            if (ReadCell(out var cell) is { } problem)
            {
                return (line, cells, problem);
            }

            cells.Add(cell);
            if (_at < text.Length && text[_at] == ',')
            {
                _at++;
                continue;
            }

            SkipBreak();
            return (line, cells, null);
        }
    }

    private string? ReadCell(out string cell)
    {
        cell = "";
        if (_at >= text.Length || text[_at] != '"')
        {
            var end = text.AsSpan(_at).IndexOfAny(',', '\r', '\n') is var found and >= 0 ? _at + found : text.Length;
            cell = text[_at..end];
            _at = end;
            return cell.Contains('"', StringComparison.Ordinal) ? "A quotation mark stands inside a value that does not begin with one." : null;
        }

        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] != '"')
            {
                _line += text[_at] == '\n' ? 1 : 0;
                value.Append(text[_at]);
            }
            else if (_at + 1 < text.Length && text[_at + 1] == '"')
            {
                value.Append('"');
                _at++;
            }
            else
            {
                _at++;
                cell = value.ToString();
                return _at == text.Length || text[_at] is ',' or '\r' or '\n' ? null : "Something follows a closing quotation mark.";
            }
        }

        return "A quotation mark is not closed.";
    }

    private void SkipBreak()
    {
        if (_at >= text.Length)
        {
            return;
        }

        _at += text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 2 : 1;
        _line++;
    }
}
