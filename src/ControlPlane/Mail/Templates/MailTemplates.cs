using System.Reflection;
using System.Text.Encodings.Web;
using Fluid;

namespace Sidecar.ControlPlane.Mail.Templates;

/// <summary>
/// The product's mails, in Liquid. A template is given texts by name and nothing else: it can reach no object. In the page every text is encoded; in both parts
/// a text is one line, so that a name cannot write a paragraph of ours.
/// </summary>
internal sealed class MailTemplates
{
    public const string PasswordReset = "email/password_reset.html";
    public const string AccountConfirmation = "email/account_confirmation.html";
    public const string Invitation = "email/invitation.html";
    public const string Setup = "email/setup.html";
    public const string EventNotification = "email/event_notification.html";

    private const string Suffix = ".html.liquid";

    // The one text that may have paragraphs.
    private const string Body = "body";

    // Parsed when the first mail is made: most starts send none.
    private readonly Lazy<Loaded> _loaded = new(Load);

    /// <summary>authentik's names of them: <c>email/password_reset.html</c>.</summary>
    public IEnumerable<string> Names => _loaded.Value.ByName.Keys;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="values">What the template shows, by name. The one called <c>body</c> may have several lines.</param>
    public MailBody Render(string name, IReadOnlyDictionary<string, string> values)
    {
        var (html, text) = _loaded.Value.ByName[name];
        var context = ContextOf(values);
        context.SetValue("content", html.Render(context, HtmlEncoder.Default));
        return new MailBody(text.Render(ContextOf(values), NullEncoder.Default), _loaded.Value.Frame.Render(context, HtmlEncoder.Default));
    }

    private static Loaded Load()
    {
        const string frame = "mail/frame.html.liquid";
        var parser = new FluidParser();
        var assembly = Assembly.GetExecutingAssembly();
        var pages = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("mail/", StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal) && name != frame);
        return new Loaded(Parse(parser, assembly, frame), pages.ToDictionary(
            name => $"e{name[..^".liquid".Length]}", name => (Parse(parser, assembly, name), Parse(parser, assembly, $"{name[..^Suffix.Length]}.txt.liquid")), StringComparer.Ordinal));
    }

    private static TemplateContext ContextOf(IReadOnlyDictionary<string, string> values)
    {
        var context = new TemplateContext();
        context.SetValue("brand", Brands.Brand.DefaultTitle);
        foreach (var (key, value) in values)
        {
            context.SetValue(key, key == Body ? value : MailText.OneLine(value));
        }

        return context;
    }

    private static IFluidTemplate Parse(FluidParser parser, Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The template {name} is missing");
        using var reader = new StreamReader(stream);
        return parser.TryParse(reader.ReadToEnd(), out var template, out var error) ? template : throw new InvalidOperationException($"{name}: {error}");
    }

    private sealed record Loaded(IFluidTemplate Frame, IReadOnlyDictionary<string, (IFluidTemplate Html, IFluidTemplate Text)> ByName);
}
