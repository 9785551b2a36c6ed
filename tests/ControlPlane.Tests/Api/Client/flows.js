'use strict';

// Builds a sign-in and an enrolment out of stages, places and prompts with the client that authentik publishes, unmodified, changes them and takes them away.
// After each step that a browser can see it waits for the test to have looked. Used as: node flows.js <address> <token>
const assert = require('node:assert/strict');
const lines = require('node:readline').createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { Configuration, FlowsApi, ResponseError, StagesApi } = require('@goauthentik/api');

const [address, token] = process.argv.slice(2);
const configuration = new Configuration({ basePath: new URL('api/v3', address).href, accessToken: token });
const flows = new FlowsApi(configuration);
const stages = new StagesApi(configuration);

async function seen(step, facts) {
  process.stdout.write(JSON.stringify({ step, ...facts }) + '\n');
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

async function signIn() {
  const flow = await flows.flowsInstancesCreate({ flowRequest: { name: 'Front door', slug: 'front-door', title: 'Come in', designation: 'authentication' } });
  const password = await stages.stagesPasswordCreate({ passwordStageRequest: { name: 'proof', backends: ['authentik.core.auth.InbuiltBackend'] } });
  const who = await stages.stagesIdentificationCreate({ identificationStageRequest: { name: 'who', userFields: ['username'], passwordStage: password.pk } });
  const login = await stages.stagesUserLoginCreate({ userLoginStageRequest: { name: 'in' } });
  assert.equal(login.sessionDuration, 'seconds=0');
  const places = [];
  for (const [order, stage] of [who, password, login].entries()) {
    places.push(await flows.flowsBindingsCreate({ flowStageBindingRequest: { target: flow.pk, stage: stage.pk, order } }));
  }

  assert.equal(places[0].stageObj.name, 'who');
  assert.deepEqual((await flows.flowsInstancesRetrieve({ slug: 'front-door' })).stages, [who.pk, password.pk, login.pk]);
  await seen('sign-in', { slug: 'front-door', password: 'with the name' });

  // As an interface does: what was read is sent back, with one change.
  const read = await stages.stagesIdentificationRetrieve({ stageUuid: who.pk });
  const changed = await stages.stagesIdentificationUpdate({ stageUuid: who.pk, identificationStageRequest: { ...read, passwordStage: null } });
  assert.ok(!changed.passwordStage);
  assert.deepEqual(changed.userFields, ['username']);
  await seen('sign-in', { slug: 'front-door', password: 'on its own page' });
  await refused(stages.stagesIdentificationPartialUpdate({ stageUuid: who.pk, patchedIdentificationStageRequest: { webauthnStage: flow.pk } }), 400, 'webauthn_stage');

  const place = await flows.flowsBindingsPartialUpdate({ fsbUuid: places[1].pk, patchedFlowStageBindingRequest: { order: 7, invalidResponseAction: 'restart' } });
  assert.equal(place.invalidResponseAction, 'restart');
  assert.deepEqual((await flows.flowsInstancesRetrieve({ slug: 'front-door' })).stages, [who.pk, login.pk, password.pk]);
  await seen('nobody', { slug: 'front-door' });
  return { flow, who, password, login, places };
}

async function lists({ flow, who, password, places }) {
  const bindings = await flows.flowsBindingsList({ target: flow.pk, ordering: 'order' });
  assert.deepEqual(bindings.results.map((row) => row.order), [0, 2, 7]);
  assert.equal((await flows.flowsBindingsRetrieve({ fsbUuid: places[0].pk })).stage, who.pk);
  assert.deepEqual((await stages.stagesAllList({ search: 'who' })).results.map((row) => row.component), ['ak-stage-identification-form']);
  assert.equal((await stages.stagesAllRetrieve({ stageUuid: password.pk })).verboseName, 'Password Stage');
  assert.ok((await stages.stagesAllTypesList()).some((type) => type.modelName === 'passwordstage'));
  assert.ok((await stages.stagesAllUserSettingsList()).some((setting) => setting.title === 'Change Password'));
  assert.deepEqual((await stages.stagesIdentificationList({ showMatchedUser: true, name: 'who' })).results.map((row) => row.name), ['who']);
  assert.ok((await flows.flowsInstancesDiagramRetrieve({ slug: 'front-door' })).diagram.startsWith('graph TD'));
  assert.equal((await flows.flowsInstancesCacheInfoRetrieve()).count, 0);
  await flows.flowsInstancesCacheClearCreate();
  assert.ok((await flows.flowsInstancesExecuteRetrieve({ slug: 'front-door' })).link.startsWith('/if/flow/front-door/'));
  assert.equal(JSON.parse(await (await flows.flowsInstancesExportRetrieve({ slug: 'front-door' })).text()).entries.length, 7);
}

async function enrolment() {
  const flow = await flows.flowsInstancesCreate({ flowRequest: { name: 'Join', slug: 'join', title: 'Join', designation: 'enrollment' } });
  const promptRequest = { name: 'choose a name', fieldKey: 'username', label: 'Name', type: 'username', order: 1 };
  const preview = await stages.stagesPromptPromptsPreviewCreate({ promptRequest });
  assert.equal(preview.fields[0].fieldKey, 'username');
  const prompt = await stages.stagesPromptPromptsCreate({ promptRequest });
  const ask = await stages.stagesPromptStagesCreate({ promptStageRequest: { name: 'ask', fields: [prompt.pk] } });
  const write = await stages.stagesUserWriteCreate({ userWriteStageRequest: { name: 'write', userPathTemplate: 'users/new' } });
  for (const [order, stage] of [ask, write].entries()) {
    await flows.flowsBindingsCreate({ flowStageBindingRequest: { target: flow.pk, stage: stage.pk, order } });
  }

  // Strangers make accounts only where an identification stage leads them to it.
  const who = (await stages.stagesIdentificationList({ name: 'who' })).results[0];
  await stages.stagesIdentificationPartialUpdate({ stageUuid: who.pk, patchedIdentificationStageRequest: { enrollmentFlow: flow.pk } });
  await seen('enrolment', { slug: 'join', label: 'Name' });
  await stages.stagesPromptPromptsPartialUpdate({ promptUuid: prompt.pk, patchedPromptRequest: { label: 'How shall we call you?' } });
  await seen('enrolment', { slug: 'join', label: 'How shall we call you?' });
  assert.deepEqual((await stages.stagesPromptPromptsRetrieve({ promptUuid: prompt.pk })).promptStagesObj.map((stage) => stage.name), ['ask']);
  await stages.stagesPromptPromptsDestroy({ promptUuid: prompt.pk });
  assert.deepEqual((await stages.stagesPromptStagesRetrieve({ stageUuid: ask.pk })).fields, []);
  await stages.stagesIdentificationPartialUpdate({ stageUuid: who.pk, patchedIdentificationStageRequest: { enrollmentFlow: null } });
  await flows.flowsInstancesDestroy({ slug: 'join' });
  assert.deepEqual((await stages.stagesAllUsedByList({ stageUuid: ask.pk })), []);
}

async function takeAway({ flow, who, password, login, places }) {
  assert.deepEqual((await stages.stagesAllUsedByList({ stageUuid: who.pk })).map((row) => row.action), ['cascade']);
  await stages.stagesIdentificationDestroy({ stageUuid: who.pk });
  await refused(flows.flowsBindingsRetrieve({ fsbUuid: places[0].pk }), 404, 'detail');
  await flows.flowsBindingsDestroy({ fsbUuid: places[1].pk });
  await stages.stagesAllDestroy({ stageUuid: password.pk });
  assert.deepEqual((await flows.flowsInstancesRetrieve({ slug: flow.slug })).stages, [login.pk]);
  await flows.flowsInstancesDestroy({ slug: flow.slug });
  const standing = (await stages.stagesAllList({ name: 'default-authentication-password' })).results[0];
  await refused(stages.stagesAllDestroy({ stageUuid: standing.pk }), 400, 'non_field_errors');
}

(async () => {
  const made = await signIn();
  await lists(made);
  await enrolment();
  await takeAway(made);
  process.stdout.write(JSON.stringify({ step: 'end' }) + '\n');
  process.exit(0);
})().catch(async (error) => {
  const answer = error instanceof ResponseError ? `${error.response.url} ${error.response.status} ${await error.response.text().catch(() => '')}` : '';
  process.stderr.write(`${error.stack}\n${answer}\n`);
  process.exit(1);
});
