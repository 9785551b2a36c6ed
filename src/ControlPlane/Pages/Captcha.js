(() => {
  const form = document.querySelector('form[data-captcha]');
  const done = (token) => {
    form.querySelector('[data-answer]').value = token;
    form.submit();
  };

  addEventListener('load', () => {
    const service = window.grecaptcha || window.hcaptcha || window.turnstile;
    if (!service) {
      form.querySelector('[data-problem]').hidden = false;
      return;
    }

    const begin = () => {
      const place = form.querySelector('[data-place]');
      if (form.dataset.interactive === 'true') {
        service.render(place, { sitekey: form.dataset.captcha, callback: done });
        return;
      }

      const widget = service.render(place, { sitekey: form.dataset.captcha, callback: done, size: 'invisible' });
      service.execute(widget);
    };
    if (service.ready) {
      service.ready(begin);
    } else {
      begin();
    }
  });
})();
