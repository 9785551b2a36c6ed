'use strict';

// Does what an administrator's script does, with the client that authentik publishes, unmodified. After each change it writes one line that
// names what must be in the change log by then, and waits for the test to say "ok". Used as: node drive.js <address> <token>
const assert = require('node:assert/strict');
const lines = require('node:readline').createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { Configuration, CoreApi, FlowsApi, OutpostsApi, PoliciesApi, ProvidersApi, ResponseError, RootApi, StagesApi, AdminApi } = require('@goauthentik/api');

const [address, token] = process.argv.slice(2);
const configurationOf = (accessToken) => new Configuration({ basePath: new URL('api/v3', address).href, accessToken });
const configuration = configurationOf(token);
const core = new CoreApi(configuration);
const flows = new FlowsApi(configuration);
const outposts = new OutpostsApi(configuration);
const policies = new PoliciesApi(configuration);
const providers = new ProvidersApi(configuration);
const stages = new StagesApi(configuration);

/** Subjects: what the change log must hold of this step. Facts: what the outpost's snapshot must come to say. */
async function told(step, subjects, facts = {}) {
  process.stdout.write(JSON.stringify({ step, subjects, ...facts }) + '\n');
  const { value } = await lines.next();
  assert.equal(value, 'ok', `${step}: ${value}`);
}

async function refused(promise, status, field) {
  const error = await promise.then(() => undefined, (reason) => reason);
  assert.ok(error instanceof ResponseError, `a refusal was expected, not ${error ?? 'an answer'}`);
  const body = await error.response.json();
  assert.equal(error.response.status, status, JSON.stringify(body));
  assert.ok(field in body, `${field} is not in ${JSON.stringify(body)}`);
}

async function people() {
  const staff = await core.coreGroupsCreate({ groupRequest: { name: 'staff', attributes: { floor: 3 } } });
  await told('create group', ['Model']);
  const crew = await core.coreGroupsCreate({ groupRequest: { name: 'crew', parents: [staff.pk] } });
  assert.deepEqual(crew.parents, [staff.pk]);
  await told('create group below', ['Model']);

  const users = [];
  for (const username of ['ana', 'ben', 'cid', 'dot', 'eve']) {
    const user = await core.coreUsersCreate({ userRequest: { username, name: username.toUpperCase(), email: `${username}@example.com`, groups: [], path: 'users/crew' } });
    assert.equal(user.isActive, true);
    assert.equal(user.type, 'internal');
    users.push(user);
    await told(`create user ${username}`, ['Principal']);
  }

  const ana = users[0];
  await core.coreUsersSetPasswordCreate({ id: ana.pk, userPasswordSetRequest: { password: 'a password of ana' } });
  await refused(core.coreUsersSetPasswordCreate({ id: ana.pk, userPasswordSetRequest: { password: '' } }), 400, 'password');
  await refused(core.coreUsersCreate({ userRequest: { username: 'ANA', name: 'x' } }), 400, 'username');

  await core.coreGroupsAddUserCreate({ groupUuid: crew.pk, userAccountRequest: { pk: ana.pk } });
  await told('add user to group', ['Principal']);
  const read = await core.coreUsersRetrieve({ id: ana.pk });
  assert.deepEqual(read.groups, [crew.pk]);
  assert.equal(read.groupsObj[0].name, 'crew');

  const changed = await core.coreUsersPartialUpdate({ id: ana.pk, patchedUserRequest: { name: 'Ana', attributes: { team: 'red' } } });
  assert.equal(changed.email, 'ana@example.com');
  assert.deepEqual(changed.attributes, { team: 'red' });
  await told('change user', ['Principal']);

  // As an interface does: what was read is sent back.
  const again = await core.coreUsersUpdate({ id: ana.pk, userRequest: { ...changed, email: 'ana@example.org' } });
  assert.equal(again.email, 'ana@example.org');
  assert.equal(again.name, 'Ana');
  assert.deepEqual(again.groups, [crew.pk]);
  await told('replace user', ['Principal']);

  const group = await core.coreGroupsRetrieve({ groupUuid: crew.pk });
  assert.deepEqual(group.users, [ana.pk]);
  const renamed = await core.coreGroupsUpdate({ groupUuid: crew.pk, groupRequest: { ...group, name: 'the crew' } });
  assert.equal(renamed.name, 'the crew');
  assert.deepEqual(renamed.users, [ana.pk]);
  await told('replace group', ['Model']);
  return { staff, crew, users };
}

async function lists({ crew, users }) {
  const first = await core.coreUsersList({ pathStartswith: 'users/crew', ordering: '-username', pageSize: 2 });
  assert.equal(first.pagination.count, 5);
  assert.equal(first.pagination.totalPages, 3);
  assert.deepEqual(first.results.map((user) => user.username), ['eve', 'dot']);
  const last = await core.coreUsersList({ pathStartswith: 'users/crew', ordering: '-username', pageSize: 2, page: 3 });
  assert.deepEqual(last.results.map((user) => user.username), ['ana']);
  assert.equal(last.pagination.next, 0);
  const named = async (filter) => (await core.coreUsersList(filter)).results.map((user) => user.username);
  assert.deepEqual(await named({ search: 'EN@exam' }), ['ben']);
  assert.deepEqual(await named({ groupsByPk: [crew.pk] }), ['ana']);
  assert.deepEqual(await named({ groupsByName: ['the crew'] }), ['ana']);
  assert.deepEqual(await named({ isSuperuser: true, includeGroups: false }), ['akadmin']);
  assert.deepEqual(await named({ uuid: users[1].uuid }), ['ben']);
  assert.deepEqual(await named({ isActive: false }), []);
  assert.deepEqual(await named({ dateJoinedLt: new Date(0) }), []);
  assert.deepEqual(await named({ type: ['internal'], path: 'users/crew', ordering: 'username' }), ['ana', 'ben', 'cid', 'dot', 'eve']);
  const groups = await core.coreGroupsList({ membersByPk: [users[0].pk], includeUsers: true, includeParents: true });
  assert.deepEqual(groups.results.map((row) => row.name), ['the crew']);
  assert.equal(groups.results[0].usersObj[0].username, 'ana');
  await refused(core.coreUsersList({ ordering: 'shoe_size' }), 400, 'ordering');
  await refused(core.coreUsersList({ page: 99 }), 404, 'detail');
  assert.deepEqual(await named({ attributes: JSON.stringify({ team: 'red' }) }), ['ana']);
  assert.deepEqual(await named({ attributes: JSON.stringify({ team: 'blue' }) }), []);

  // Ignored it would have answered all users.
  await refused(core.coreUsersList({ attributes: 'team' }), 400, 'attributes');
}

async function protect({ staff, crew, users }) {
  const authorization = await flows.flowsInstancesRetrieve({ slug: 'default-provider-authorization-implicit-consent' });
  const invalidation = await flows.flowsInstancesRetrieve({ slug: 'default-provider-invalidation-flow' });
  const flowList = await flows.flowsInstancesList({ designation: 'authorization', ordering: 'slug' });
  assert.ok(flowList.results.some((flow) => flow.pk === authorization.pk));
  const proxyProviderRequest = {
    name: 'wiki provider', externalHost: 'https://wiki.example.com', mode: 'forward_single', authorizationFlow: authorization.pk, invalidationFlow: invalidation.pk,
  };
  const provider = await providers.providersProxyCreate({ proxyProviderRequest });
  assert.equal(provider.mode, 'forward_single');
  assert.ok(provider.clientId.length > 0);
  await told('create provider', ['Model', 'Secrets']);
  await refused(providers.providersProxyCreate({ proxyProviderRequest: { ...proxyProviderRequest, name: 'x', externalHost: 'wiki' } }), 400, 'external_host');

  const application = await core.coreApplicationsCreate({ applicationRequest: { name: 'Wiki', slug: 'wiki', provider: provider.pk } });
  assert.equal(application.providerObj.name, 'wiki provider');
  assert.equal(application.launchUrl, 'https://wiki.example.com');
  await told('create application', ['Model']);

  const [outpost] = (await outposts.outpostsInstancesList({ managedIexact: 'goauthentik.io/outposts/embedded' })).results;
  const [same] = (await outposts.outpostsInstancesList({ nameIexact: 'AUTHENTIK EMBEDDED OUTPOST' })).results;
  assert.equal(same.pk, outpost.pk);
  const served = await outposts.outpostsInstancesPartialUpdate({
    uuid: outpost.pk, patchedOutpostRequest: { providers: [provider.pk], config: { ...outpost.config, authentik_host: 'https://auth.example.com' } },
  });
  assert.deepEqual(served.providers, [provider.pk]);
  assert.equal(served.config.authentik_host, 'https://auth.example.com');
  await told('assign to outpost', ['Model', 'Secrets', 'Snapshot'], { hosts: ['https://wiki.example.com'], bindings: 0 });

  const binding = await policies.policiesBindingsCreate({ policyBindingRequest: { target: application.pbmUuid, group: staff.pk, order: 10 } });
  assert.equal(binding.groupObj.name, 'staff');
  await told('bind group', ['Model', 'Snapshot'], { hosts: ['https://wiki.example.com'], bindings: 1 });
  await refused(policies.policiesBindingsCreate({ policyBindingRequest: { target: crew.pk, group: staff.pk, order: 1 } }), 400, 'target');
  assert.equal((await core.coreApplicationsCheckAccessRetrieve({ slug: 'wiki', forUser: users[0].pk })).passing, true);
  assert.equal((await core.coreApplicationsCheckAccessRetrieve({ slug: 'wiki', forUser: users[1].pk })).passing, false);

  const more = await policies.policiesBindingsCreate({ policyBindingRequest: { target: application.pk, user: users[1].pk, order: 20 } });
  await told('bind user', ['Model', 'Snapshot'], { hosts: ['https://wiki.example.com'], bindings: 2 });
  const disabled = await policies.policiesBindingsPartialUpdate({ policyBindingUuid: more.pk, patchedPolicyBindingRequest: { enabled: false } });
  assert.equal(disabled.user, users[1].pk);
  await told('disable binding', ['Model', 'Snapshot']);
  const list = await policies.policiesBindingsList({ target: application.pk, ordering: '-order' });
  assert.deepEqual(list.results.map((row) => row.order), [20, 10]);
  await policies.policiesBindingsDestroy({ policyBindingUuid: more.pk });
  await told('delete binding', ['Model', 'Snapshot'], { hosts: ['https://wiki.example.com'], bindings: 1 });

  const moved = await providers.providersProxyUpdate({ id: provider.pk, proxyProviderRequest: { ...provider, externalHost: 'https://docs.example.com', skipPathRegex: '^/public/' } });
  assert.equal(moved.externalHost, 'https://docs.example.com');
  assert.deepEqual(moved.outpostSet, ['authentik Embedded Outpost']);
  await told('move provider', ['Model', 'Snapshot'], { hosts: ['https://docs.example.com'], bindings: 1 });
  assert.equal((await providers.providersProxyList({ externalHostIexact: 'https://docs.example.com' })).results.length, 1);
  assert.equal((await providers.providersAllList({ applicationIsnull: false })).results[0].component, 'ak-provider-proxy-form');

  const titled = await core.coreApplicationsUpdate({ slug: 'wiki', applicationRequest: { ...application, name: 'Docs', slug: 'docs' } });
  assert.equal(titled.slug, 'docs');
  await told('replace application', ['Model', 'Snapshot']);
  assert.deepEqual((await core.coreApplicationsList({ superuserFullList: true, slug: 'docs' })).results.map((row) => row.pk), [application.pk]);
  return { outpost, provider, binding };
}

async function tokens(users) {
  const made = await core.coreTokensCreate({ tokenRequest: { identifier: 'ana-api', intent: 'api', user: users[0].pk, expiring: true, expires: new Date(Date.now() + 3_600_000) } });
  assert.equal(made.userObj.username, 'ana');
  await told('create token', ['Principal']);
  const { key } = await core.coreTokensViewKeyRetrieve({ identifier: 'ana-api' });
  const hers = new CoreApi(configurationOf(key));
  assert.equal((await hers.coreUsersMeRetrieve()).user.username, 'ana');
  await refused(hers.coreUsersList(), 403, 'detail');
  assert.deepEqual((await hers.coreTokensList({ ordering: 'identifier' })).results.map((row) => row.identifier), ['ana-api']);

  await core.coreTokensSetKeyCreate({ identifier: 'ana-api', tokenSetKeyRequest: { key: 'another key with enough characters' } });
  await told('replace key', ['Principal']);
  await refused(hers.coreUsersMeRetrieve(), 403, 'detail');
  const found = await core.coreTokensList({ userUsername: 'ana', intent: 'api' });
  assert.equal(found.results[0].identifier, 'ana-api');
  const described = await core.coreTokensUpdate({ identifier: 'ana-api', tokenRequest: { ...found.results[0], description: 'for a script' } });
  assert.equal(described.description, 'for a script');
  await core.coreTokensDestroy({ identifier: 'ana-api' });
  await told('delete token', ['Principal']);
  await refused(core.coreTokensRetrieve({ identifier: 'ana-api' }), 404, 'detail');
}

async function others(outpost) {
  assert.equal((await core.coreUsersMeRetrieve()).user.username, 'akadmin');
  const [brand] = (await core.coreBrandsList({ _default: true })).results;
  assert.equal((await core.coreBrandsPartialUpdate({ brandUuid: brand.brandUuid, patchedBrandRequest: { brandingTitle: 'Example' } })).brandingTitle, 'Example');
  await told('name the brand', ['Model', 'Snapshot']);
  assert.equal((await core.coreBrandsCurrentRetrieve()).brandingTitle, 'Example');
  assert.deepEqual((await core.coreAuthenticatedSessionsList({ userUsername: 'ana' })).results, []);
  assert.deepEqual(await outposts.outpostsInstancesHealthList({ uuid: outpost.pk }), []);
  assert.equal((await outposts.outpostsInstancesDefaultSettingsRetrieve()).config.authentik_host, '');
  assert.ok(Array.isArray((await new RootApi(configuration).rootConfigRetrieve()).capabilities));
  assert.ok((await new AdminApi(configuration).adminVersionRetrieve()).versionCurrent);
}

// Outposts need not hear of these, so nothing is told.
async function passwordPolicy() {
  const made = await policies.policiesPasswordCreate({ passwordPolicyRequest: { name: 'Password Policy', lengthMin: 20, amountDigits: 1 } });
  await policies.policiesPasswordPartialUpdate({ policyUuid: made.pk, patchedPasswordPolicyRequest: { errorMessage: 'Twenty characters and a digit.' } });
  const [prompt] = (await stages.stagesPromptStagesList({ name: 'default-password-change-prompt' })).results;
  await stages.stagesPromptStagesPartialUpdate({ stageUuid: prompt.pk, patchedPromptStageRequest: { validationPolicies: [made.pk] } });
  assert.equal((await policies.policiesAllRetrieve({ policyUuid: made.pk })).boundTo, 1);
  const me = (await core.coreUsersMeRetrieve()).user.pk;
  const tried = await policies.policiesAllTestCreate({ policyUuid: made.pk, policyTestRequest: { user: me, context: { password: 'too short' } } });
  assert.deepEqual([tried.passing, tried.messages], [false, ['Twenty characters and a digit.']]);
  assert.ok((await policies.policiesAllTypesList()).some((type) => type.modelName === 'passwordpolicy'));
  await refused(policies.policiesPasswordCreate({ passwordPolicyRequest: { name: 'Password Policy' } }), 400, 'name');
  await policies.policiesAllDestroy({ policyUuid: made.pk });
  assert.deepEqual((await stages.stagesPromptStagesRetrieve({ stageUuid: prompt.pk })).validationPolicies, []);
}

async function takeAway({ staff, crew, users }, { provider, binding }) {
  await core.coreGroupsRemoveUserCreate({ groupUuid: crew.pk, userAccountRequest: { pk: users[0].pk } });
  await told('remove user from group', ['Principal']);
  await core.coreGroupsPartialUpdate({ groupUuid: crew.pk, patchedGroupRequest: { parents: [] } });
  await told('move group', ['Model', 'Snapshot']);
  await core.coreUsersPartialUpdate({ id: users[1].pk, patchedUserRequest: { isActive: false } });
  await told('disable user', ['Principal']);
  for (const user of users) {
    await core.coreUsersDestroy({ id: user.pk });
    await told('delete user', ['Principal']);
  }

  await refused(core.coreUsersRetrieve({ id: users[0].pk }), 404, 'detail');
  await policies.policiesBindingsDestroy({ policyBindingUuid: binding.pk });
  await told('delete last binding', ['Model', 'Snapshot'], { hosts: ['https://docs.example.com'], bindings: 0 });
  for (const group of [crew, staff]) {
    await core.coreGroupsDestroy({ groupUuid: group.pk });
    await told('delete group', ['Model']);
  }

  await core.coreApplicationsDestroy({ slug: 'docs' });
  await told('delete application', ['Model', 'Snapshot'], { hosts: [], bindings: 0 });
  await providers.providersProxyDestroy({ id: provider.pk });
  await told('delete provider', ['Model', 'Secrets']);
  assert.equal((await providers.providersProxyList()).pagination.count, 0);
}

(async () => {
  const made = await people();
  await lists(made);
  const protectedBy = await protect(made);
  await tokens(made.users);
  await others(protectedBy.outpost);
  await passwordPolicy();
  await takeAway(made, protectedBy);
  process.stdout.write(JSON.stringify({ step: 'end' }) + '\n');
  process.exit(0);
})().catch(async (error) => {
  const answer = error instanceof ResponseError ? `${error.response.url} ${error.response.status} ${await error.response.text().catch(() => '')}` : '';
  process.stderr.write(`${error.stack}\n${answer}\n`);
  process.exit(1);
});
