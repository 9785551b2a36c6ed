'use strict';

// Protects an application with the client that authentik publishes, unmodified, and changes who may enter. After each change it says what the outpost
// must answer from then on, and waits until the test has seen it. Used as: node enforced.js <address> <token>
const assert = require('node:assert/strict');
const lines = require('node:readline').createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { Configuration, CoreApi, FlowsApi, OutpostsApi, PoliciesApi, ProvidersApi, ResponseError } = require('@goauthentik/api');

const [address, token] = process.argv.slice(2);
const configuration = new Configuration({ basePath: new URL('api/v3', address).href, accessToken: token });
const core = new CoreApi(configuration);
const flows = new FlowsApi(configuration);
const outposts = new OutpostsApi(configuration);
const policies = new PoliciesApi(configuration);
const providers = new ProvidersApi(configuration);

const host = (name) => `http://${name}.sidecar.localhost:${new URL(address).port}`;

/** Answers: status by who asks, and at which host and path where that is not the application's first page. */
async function enforced(step, ...answers) {
  process.stdout.write(JSON.stringify({ step, answers }) + '\n');
  const { value } = await lines.next();
  assert.equal(value, 'ok', `${step}: ${value}`);
}

const ana = (status, more = {}) => ({ who: 'ana', status: [status].flat(), host: host('wiki'), path: '/', ...more });
const nobody = (status, more = {}) => ({ ...ana(status, more), who: 'nobody' });

async function protect() {
  await enforced('nothing', nobody(400));
  const user = await core.coreUsersCreate({ userRequest: { username: 'ana', name: 'Ana', groups: [], path: 'users' } });
  await core.coreUsersSetPasswordCreate({ id: user.pk, userPasswordSetRequest: { password: 'a long enough passphrase' } });
  const authorization = await flows.flowsInstancesRetrieve({ slug: 'default-provider-authorization-implicit-consent' });
  const invalidation = await flows.flowsInstancesRetrieve({ slug: 'default-provider-invalidation-flow' });
  const provider = await providers.providersProxyCreate({
    proxyProviderRequest: {
      name: 'wiki provider', externalHost: host('wiki'), mode: 'forward_single', authorizationFlow: authorization.pk, invalidationFlow: invalidation.pk,
    },
  });
  const application = await core.coreApplicationsCreate({ applicationRequest: { name: 'Wiki', slug: 'wiki', provider: provider.pk } });
  await enforced('application without an outpost', nobody(400));

  const [outpost] = (await outposts.outpostsInstancesList({ managedIexact: 'goauthentik.io/outposts/embedded' })).results;
  const serving = (keys) => outposts.outpostsInstancesPartialUpdate({
    uuid: outpost.pk, patchedOutpostRequest: { providers: keys, config: { ...outpost.config, authentik_host: host('auth') } },
  });
  await serving([provider.pk]);
  await enforced('assign to outpost', nobody(401), ana(200));
  await serving([]);
  await enforced('take from outpost', nobody(400), ana(400));
  await serving([provider.pk]);
  await enforced('assign again', nobody(401), ana(200));
  return { user, provider, application };
}

async function groups({ user, application }) {
  const staff = await core.coreGroupsCreate({ groupRequest: { name: 'staff' } });
  const crew = await core.coreGroupsCreate({ groupRequest: { name: 'crew' } });
  const binding = await policies.policiesBindingsCreate({ policyBindingRequest: { target: application.pk, group: staff.pk, order: 10 } });
  await enforced('bind a group that she is not in', ana(403), nobody(401));
  await core.coreGroupsAddUserCreate({ groupUuid: staff.pk, userAccountRequest: { pk: user.pk } });
  await enforced('add her to the group', ana(200));
  await core.coreGroupsRemoveUserCreate({ groupUuid: staff.pk, userAccountRequest: { pk: user.pk } });
  await enforced('remove her from the group', ana(403));
  await core.coreUsersPartialUpdate({ id: user.pk, patchedUserRequest: { groups: [crew.pk] } });
  await enforced('put her into another group', ana(403));
  await core.coreGroupsPartialUpdate({ groupUuid: crew.pk, patchedGroupRequest: { parents: [staff.pk] } });
  await enforced('move that group below the bound one', ana(200));
  await core.coreGroupsPartialUpdate({ groupUuid: crew.pk, patchedGroupRequest: { parents: [] } });
  await enforced('move it away', ana(403));
  return { staff, crew, binding };
}

async function bindings({ user, application }, { staff, crew, binding }) {
  const change = (patchedPolicyBindingRequest) => policies.policiesBindingsPartialUpdate({ policyBindingUuid: binding.pk, patchedPolicyBindingRequest });
  await change({ group: crew.pk });
  await enforced('bind her group instead', ana(200));
  await change({ negate: true });
  await enforced('negate', ana(403));
  await change({ negate: false });
  await enforced('negate no more', ana(200));
  await change({ group: staff.pk });
  await enforced('bind the other group again', ana(403));
  const hers = await policies.policiesBindingsCreate({ policyBindingRequest: { target: application.pk, user: user.pk, order: 20 } });
  await enforced('bind herself', ana(200));
  await core.coreApplicationsPartialUpdate({ slug: 'wiki', patchedApplicationRequest: { policyEngineMode: 'all' } });
  await enforced('ask for all bindings', ana(403));
  await core.coreApplicationsPartialUpdate({ slug: 'wiki', patchedApplicationRequest: { policyEngineMode: 'any' } });
  await enforced('ask for any binding', ana(200));
  await policies.policiesBindingsPartialUpdate({ policyBindingUuid: hers.pk, patchedPolicyBindingRequest: { enabled: false } });
  await enforced('disable her binding', ana(403));
  await policies.policiesBindingsDestroy({ policyBindingUuid: hers.pk });
  await policies.policiesBindingsDestroy({ policyBindingUuid: binding.pk });
  await enforced('delete all bindings', ana(200), nobody(401));
}

async function provider({ provider: wiki }) {
  const change = (patchedProxyProviderRequest) => providers.providersProxyPartialUpdate({ id: wiki.pk, patchedProxyProviderRequest });
  await change({ skipPathRegex: '^/public/' });
  await enforced('open a path', nobody(200, { path: '/public/logo.svg' }), nobody(401, { path: '/private' }));
  await change({ skipPathRegex: '' });
  await enforced('close it', nobody(401, { path: '/public/logo.svg' }));
  await change({ externalHost: host('docs') });
  await enforced('move the host', ana(400), ana(200, { host: host('docs') }));
  await change({ externalHost: host('wiki') });
  await enforced('move it back', ana(200), ana(400, { host: host('docs') }));
}

async function takeAway({ user, provider: wiki }) {
  await core.coreUsersPartialUpdate({ id: user.pk, patchedUserRequest: { isActive: false } });
  await enforced('disable her', ana([401, 403]));
  await core.coreUsersPartialUpdate({ id: user.pk, patchedUserRequest: { isActive: true } });
  await enforced('enable her, whose session is over', ana(401));
  await core.coreUsersDestroy({ id: user.pk });
  await enforced('delete her', ana([401, 403]));
  await core.coreApplicationsDestroy({ slug: 'wiki' });
  await enforced('delete the application', nobody(400), ana(400));
  await providers.providersProxyDestroy({ id: wiki.pk });
  await enforced('delete the provider', nobody(400));
}

(async () => {
  const made = await protect();
  await bindings(made, await groups(made));
  await provider(made);
  await takeAway(made);
  process.stdout.write(JSON.stringify({ step: 'end' }) + '\n');
  process.exit(0);
})().catch(async (error) => {
  const answer = error instanceof ResponseError ? `${error.response.url} ${error.response.status} ${await error.response.text().catch(() => '')}` : '';
  process.stderr.write(`${error.stack}\n${answer}\n`);
  process.exit(1);
});
