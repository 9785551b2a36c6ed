using Sidecar.ControlPlane.Flows.Challenges;

namespace Sidecar.ControlPlane.Flows;

/// <summary>What a browser or a script gets back.</summary>
/// <param name="Challenge">What is asked, or how it ended.</param>
/// <param name="FormToken">For the page's form.</param>
/// <param name="Notice">Said above the form: why the page is not the one that was expected.</param>
/// <param name="LeavesServer">The form's answer may lead, by redirects, to an application on another host.</param>
internal sealed record FlowReply(Challenge Challenge, string? FormToken = null, string? Notice = null, bool LeavesServer = false);
