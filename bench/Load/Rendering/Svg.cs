using System.Globalization;
using System.Net;
using System.Text;

namespace Sidecar.Load.Rendering;

/// <summary>A plot, element by element. Its colours suit a light and a dark page; whatever shows it says which.</summary>
internal sealed class Svg(int width, int height)
{
    // Text and lines follow the page's scheme; the series are told apart in both.
    private const string Style = """
        <style>
          text { font: 12px system-ui, sans-serif; fill: #24292f }
          .dim { fill: #57606a } .title { font-weight: 600; font-size: 14px } .right { text-anchor: end } .middle { text-anchor: middle }
          .grid { stroke: #d0d7de; stroke-width: 1 } .limit { stroke: #57606a; stroke-width: 1.5; stroke-dasharray: 2 3 }
          .a { fill: #2f81f7 } .b { fill: #d18616 } .c { fill: #8b949e } .d { fill: #3fb950 }
          .line { fill: none; stroke-width: 1.8 } .line.a { stroke: #2f81f7 } .line.b { stroke: #d18616 } .line.c { stroke: #8b949e }
          @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .dim { fill: #9198a1 } .grid { stroke: #3d444d } .limit { stroke: #9198a1 } }
        </style>
        """;

    private readonly StringBuilder _body = new();

    public Svg Text(double x, double y, string text, string style = "plain") =>
        Add($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" class=\"{style}\">{WebUtility.HtmlEncode(text)}</text>");

    public Svg Bar(double x, double y, double length, double thickness, string style) =>
        Add($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(length, 1):0.#}\" height=\"{thickness:0.#}\" rx=\"2\" class=\"{style}\"/>");

    public Svg Line(double x1, double y1, double x2, double y2, string style) =>
        Add($"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" class=\"{style}\"/>");

    public Svg Path(IEnumerable<(double X, double Y)> points, string style)
    {
        var all = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}")));
        return Add($"<polyline points=\"{all}\" class=\"line {style}\"/>");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n{Style}\n{_body}</svg>\n");

    private Svg Add(FormattableString element)
    {
        _body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }
}
