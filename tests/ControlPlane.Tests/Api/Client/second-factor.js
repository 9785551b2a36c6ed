'use strict';

// Makes the stages of a second factor with the client that authentik publishes, unmodified, and then sets one up and signs in with it over the flow executor, as a
// person does. Used as: node second-factor.js <address> <token>
const assert = require('node:assert/strict');
const { createHmac } = require('node:crypto');
const { AuthenticatorsApi, Configuration, CoreApi, FlowsApi, ResponseError, StagesApi } = require('@goauthentik/api');

const [address, token] = process.argv.slice(2);
const basePath = new URL('api/v3', address).href;
const configuration = new Configuration({ basePath, accessToken: token });
const core = new CoreApi(configuration);
const stages = new StagesApi(configuration);
const everybodys = new AuthenticatorsApi(configuration);
const password = 'a long enough passphrase';

/** A browser as far as cookies go. */
function person() {
  const jar = new Map();
  const fetchApi = async (url, init) => {
    const csrf = jar.get('authentik_csrf');
    const headers = { ...init.headers, cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), origin: new URL(address).origin, ...(csrf && { 'X-authentik-CSRF': csrf }) };
    const answer = await fetch(url, { ...init, headers });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      jar.set(name, value);
    }

    return answer;
  };
  const own = new Configuration({ basePath, fetchApi });
  return { flows: new FlowsApi(own), devices: new AuthenticatorsApi(own) };
}

const solve = (flows, flowSlug, flowChallengeResponseRequest) => flows.flowsExecutorSolve({ flowSlug, query: '', flowChallengeResponseRequest });

async function signIn(flows) {
  const flow = 'default-authentication-flow';
  assert.equal((await flows.flowsExecutorGet({ flowSlug: flow, query: '' })).component, 'ak-stage-identification');
  assert.equal((await solve(flows, flow, { component: 'ak-stage-identification', uidField: 'mfa' })).component, 'ak-stage-password');
  return solve(flows, flow, { component: 'ak-stage-password', password });
}

/** RFC 6238, written apart from the server's. */
function codeOf(configUrl, ahead) {
  const bits = [...new URL(configUrl).searchParams.get('secret')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((octet) => parseInt(octet, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + ahead));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

async function makeStages() {
  const totp = await stages.stagesAuthenticatorTotpCreate({ authenticatorTOTPStageRequest: { name: 'script-totp', digits: '8', friendlyName: 'App' } });
  assert.equal(totp.digits, '8');
  const sheet = await stages.stagesAuthenticatorStaticCreate({ authenticatorStaticStageRequest: { name: 'script-static' } });
  assert.deepEqual([sheet.tokenCount, sheet.tokenLength], [6, 12]);
  const key = await stages.stagesAuthenticatorWebauthnCreate({ authenticatorWebAuthnStageRequest: { name: 'script-webauthn', userVerification: 'required', authenticatorAttachment: null } });
  assert.equal(key.userVerification, 'required');
  const validate = await stages.stagesAuthenticatorValidateCreate({
    authenticatorValidateStageRequest: { name: 'script-validate', notConfiguredAction: 'configure', configurationStages: [totp.pk, key.pk], lastAuthThreshold: 'hours=1', webauthnHints: ['hybrid'] },
  });
  assert.deepEqual(validate.configurationStages, [totp.pk, key.pk]);
  assert.deepEqual(validate.deviceClasses, ['static', 'totp', 'webauthn']);
  assert.equal((await stages.stagesAuthenticatorValidatePartialUpdate({ stageUuid: validate.pk, patchedAuthenticatorValidateStageRequest: { notConfiguredAction: 'deny' } })).notConfiguredAction, 'deny');
  await stages.stagesAuthenticatorTotpDestroy({ stageUuid: totp.pk });
  assert.deepEqual((await stages.stagesAuthenticatorValidateRetrieve({ stageUuid: validate.pk })).configurationStages, [key.pk]);
}

async function useOne() {
  const { pk } = await core.coreUsersCreate({ userRequest: { username: 'mfa', name: 'mfa' } });
  await core.coreUsersSetPasswordCreate({ id: pk, userPasswordSetRequest: { password } });
  const { flows, devices } = person();
  assert.equal((await signIn(flows)).component, 'xak-flow-redirect');
  const asked = await flows.flowsExecutorGet({ flowSlug: 'default-authenticator-totp-setup', query: '' });
  assert.equal((await solve(flows, 'default-authenticator-totp-setup', { component: 'ak-stage-authenticator-totp', code: codeOf(asked.configUrl, 0) })).component, 'xak-flow-redirect');

  const [device] = (await devices.authenticatorsTotpList()).results;
  assert.equal(device.user.username, 'mfa');
  assert.equal((await devices.authenticatorsTotpPartialUpdate({ id: device.pk, patchedTOTPDeviceRequest: { name: 'my telephone' } })).name, 'my telephone');
  assert.equal((await everybodys.authenticatorsAdminAllList({ user: pk }))[0].name, 'my telephone');

  const again = person();
  const challenge = await signIn(again.flows);
  assert.equal(challenge.component, 'ak-stage-authenticator-validate');
  assert.equal(challenge.deviceChallenges[0].deviceClass, 'totp');
  const code = codeOf(asked.configUrl, 1);
  assert.equal((await solve(again.flows, 'default-authentication-flow', { component: 'ak-stage-authenticator-validate', code })).component, 'xak-flow-redirect');
  await devices.authenticatorsTotpDestroy({ id: device.pk });
  assert.deepEqual(await devices.authenticatorsAllList(), []);
}

(async () => {
  await makeStages();
  await useOne();
  process.stdout.write(JSON.stringify({ step: 'end' }) + '\n');
})().catch(async (error) => {
  const answer = error instanceof ResponseError ? `${error.response.url} ${error.response.status} ${await error.response.text().catch(() => '')}` : '';
  process.stderr.write(`${error.stack}\n${answer}\n`);
  process.exit(1);
});
