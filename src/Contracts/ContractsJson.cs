using System.Text.Json.Serialization;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Contracts;

/// <summary>
/// How every document between the two programs is written and read: without reflection, names in snake_case, unknown members
/// skipped so that a newer control plane can talk to an older outpost, missing required members refused.
/// </summary>
/// <remarks>
/// The generated reader sets every init member, and those that are missing to the zero of their type, whatever their initialiser says. So an optional member
/// of a reference type takes null for its default, and one of a value type whose default is not zero is a parameter of a constructor.
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Snapshot))]
[JsonSerializable(typeof(Principal))]
[JsonSerializable(typeof(SignedDocumentHeader))]
[JsonSerializable(typeof(TrustDocument))]
[JsonSerializable(typeof(OutpostRegistration))]
[JsonSerializable(typeof(OutpostReport))]
[JsonSerializable(typeof(SecretsDocument))]
[JsonSerializable(typeof(ChangeBatch))]
[JsonSerializable(typeof(Change))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(Goodbye))]
[JsonSerializable(typeof(PrincipalRevisionsRequest))]
[JsonSerializable(typeof(PrincipalRevisions))]
[JsonSerializable(typeof(CredentialCheck))]
[JsonSerializable(typeof(CredentialAnswer))]
[JsonSerializable(typeof(TicketGrant))]
[JsonSerializable(typeof(PublicKeyRecord))]
public sealed partial class ContractsJson : JsonSerializerContext;
