using System.Text.Json.Serialization;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Sessions;

namespace Sidecar.Outpost.State;

/// <summary>The outpost's own files, written and read without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(OutpostIdentity))]
[JsonSerializable(typeof(TrustRecord))]
[JsonSerializable(typeof(ContactRecord))]
[JsonSerializable(typeof(EndedSessionList))]
internal sealed partial class StateJson : JsonSerializerContext;
