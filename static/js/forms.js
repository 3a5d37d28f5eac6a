// Comfort only: every form works without this file.
(function () {
  'use strict';
  const each = (selector, wake) => document.querySelectorAll(selector).forEach(wake);

  // A second click while the first is on its way sends nothing; the key of the form guards the server too.
  each('form[data-once]', (form) => {
    let sent = false;
    form.addEventListener('submit', (event) => {
      if (sent) { event.preventDefault(); return; }
      sent = true;
      form.querySelectorAll('button:not([type="button"])').forEach((button) => button.setAttribute('aria-disabled', 'true'));
    });
    window.addEventListener('pageshow', (event) => {
      if (!event.persisted) return;
      sent = false;
      form.querySelectorAll('[aria-disabled]').forEach((button) => button.removeAttribute('aria-disabled'));
    });
  });

  each('[data-focus]', (summary) => summary.focus());

  each('textarea[data-max]', (area) => {
    const counter = document.getElementById(area.id + '-count');
    if (!counter) return;
    const show = () => {
      const left = Number(area.dataset.max) - Array.from(area.value).length;
      const words = left < 0 ? counter.dataset.over : counter.dataset.left;
      counter.textContent = words.replace('{n}', Math.abs(left).toLocaleString(document.documentElement.lang));
      counter.classList.toggle('is-over', left < 0);
    };
    let timer = 0;
    area.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(show, 300); });
    show();
  });

  each('input[type="file"][data-max-mb]', (input) => {
    const list = document.getElementById(input.id + '-files');
    if (!list) return;
    input.addEventListener('change', () => {
      const files = Array.from(input.files);
      list.hidden = files.length === 0;
      list.replaceChildren(...files.map((file, index) => line(file, index, input, list)));
    });
  });

  function line(file, index, input, list) {
    const megabytes = file.size / 1048576;
    const size = megabytes.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 }) + ' MB';
    const fault = megabytes > Number(input.dataset.maxMb) ? list.dataset.big
      : index >= Number(input.dataset.maxFiles) ? list.dataset.many : '';
    const item = document.createElement('li');
    item.textContent = file.name + ' · ' + size + (fault ? ' · ' + fault : '');
    if (fault) item.className = 'field-error';
    return item;
  }

  const acts = {
    print: () => window.print(),
    copy: (button) => navigator.clipboard.writeText(document.getElementById(button.dataset.target).textContent.trim())
      .then(() => { if (button.dataset.done) button.textContent = button.dataset.done; }),
  };
  each('button[data-act]', (button) => {
    const act = acts[button.dataset.act];
    if (!act || (button.dataset.act === 'copy' && !navigator.clipboard)) return;
    button.hidden = false;
    button.addEventListener('click', () => act(button));
  });
})();
