(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const listed = (credentials) => (credentials || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const form = document.querySelector('form[data-webauthn]');

  const ask = async (options) => {
    options.challenge = bytes(options.challenge);
    if (form.dataset.webauthn === 'create') {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = listed(options.excludeCredentials);
      const { id, rawId, type, response } = await navigator.credentials.create({ publicKey: options });
      return { id, rawId: text(rawId), type, response: { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) } };
    }
    options.allowCredentials = listed(options.allowCredentials);
    const { id, rawId, type, response } = await navigator.credentials.get({ publicKey: options });
    return {
      id,
      rawId: text(rawId),
      type,
      response: {
        clientDataJSON: text(response.clientDataJSON),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        userHandle: response.userHandle ? text(response.userHandle) : null,
      },
    };
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const problem = form.querySelector('[data-problem]');
    problem.hidden = true;
    try {
      form.querySelector('[data-answer]').value = JSON.stringify(await ask(JSON.parse(form.dataset.options)));
      form.submit();
    } catch {
      problem.hidden = false;
    }
  });
})();
