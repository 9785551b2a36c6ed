// A relying party that is not ours: discovery, authorization code with PKCE, ID token by the published keys, userinfo, refresh, introspection, revocation.
// Reads one JSON object from standard input, writes one to standard output.
import { createRemoteJWKSet, customFetch as joseFetch, jwtVerify } from 'jose';
import * as client from 'openid-client';

const input = JSON.parse(await new Response(process.stdin).text());

// A busy machine is slow, not wrong.
const secondsToWait = 120;

// The issuer is the public address; requests go to where the server listens, as an outpost's do. The Host header is then the internal one.
const reach = (url, options) => {
  // Our redirect address has a query of its own, which the library leaves out of the exchange.
  if (options?.body?.has?.('redirect_uri')) {
    options.body.set('redirect_uri', input.redirectUri);
  }

  return fetch(String(url).replace(input.publicAddress, input.internalAddress), options);
};

const config = await client.discovery(new URL(input.issuer), input.clientId, input.clientSecret, undefined, {
  [client.customFetch]: reach,
  timeout: secondsToWait,
});
config.timeout = secondsToWait;
config[client.customFetch] = reach;

const verifier = client.randomPKCECodeVerifier();
const nonce = client.randomNonce();
const state = client.randomState();
const authorizationUrl = client.buildAuthorizationUrl(config, {
  redirect_uri: input.redirectUri,
  scope: input.scope,
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  nonce,
  state,
});

const callback = await signIn(authorizationUrl);
const tokens = await client.authorizationCodeGrant(config, callback, {
  pkceCodeVerifier: verifier,
  expectedNonce: nonce,
  expectedState: state,
  idTokenExpected: true,
});

const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri), { [joseFetch]: reach });
const idToken = await jwtVerify(tokens.id_token, keys, { issuer: input.issuer, audience: input.clientId });
const userInfo = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
const introspected = await client.tokenIntrospection(config, tokens.access_token);
const refreshed = tokens.refresh_token && (await client.refreshTokenGrant(config, tokens.refresh_token));
await client.tokenRevocation(config, tokens.access_token);
const afterRevocation = await client.tokenIntrospection(config, tokens.access_token);

console.log(JSON.stringify({
  metadata: config.serverMetadata(),
  header: idToken.protectedHeader,
  claims: idToken.payload,
  userInfo,
  introspected: introspected.active,
  refreshed: Boolean(refreshed?.access_token),
  afterRevocation: afterRevocation.active,
  sidecar: tokens.sidecar ?? null,
}));

// Follows redirects with the browser's cookies until the server sends the browser to the redirect address.
async function signIn(start) {
  let url = start;
  for (let hops = 0; hops < 10; hops++) {
    const answer = await reach(url, { headers: { cookie: input.cookie, accept: 'text/html' }, redirect: 'manual' });
    const location = answer.headers.get('location');
    if (!location) {
      throw new Error(`${url} answered ${answer.status} without a redirect: ${(await answer.text()).slice(0, 500)}`);
    }

    url = new URL(location, url);
    if (url.href.startsWith(input.redirectUri)) {
      return url;
    }
  }

  throw new Error('Too many redirects.');
}
