// The officer's pages without the mouse. Single letters do nothing while somebody types, and can be switched off.
// [data-key="n"]: the key that presses this link or button (or the one within it). Lists: j, k, x, b, "/".
(function () {
  'use strict';
  const OFF = 'phim-tat-tat';
  const ROWS = 'danh-sach';
  const BY_KEY = 'bang-phim';
  const typing = (node) => node.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]') !== null;
  const links = () => Array.from(document.querySelectorAll('.queue-link'));
  const target = (holder) => (holder.matches('a, button') ? holder : holder.querySelector('a, button'));
  const store = (area, name, value) => { try { return value === undefined ? area.getItem(name) : area.setItem(name, value); } catch { return null; } };
  const off = () => store(localStorage, OFF) === '1';
  const list = () => { try { return JSON.parse(store(sessionStorage, ROWS)) || {}; } catch { return {}; } };

  function remember() {
    const rows = links().map((link) => link.getAttribute('href'));
    if (rows.length > 0) store(sessionStorage, ROWS, JSON.stringify({ rows, at: location.pathname + location.search }));
    const { at } = list();
    if (at) document.querySelectorAll('[data-back]').forEach((link) => link.setAttribute('href', at));
  }

  function move(step) {
    const all = links();
    if (all.length === 0) return along(step);
    const active = document.activeElement;
    const row = active.closest('tr, .hit');
    const here = all.indexOf(row ? row.querySelector('.queue-link') : active);
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
    all[next].focus();
  }

  function along(step) {
    const { rows } = list();
    const here = rows ? rows.indexOf(location.pathname) : -1;
    if (here >= 0 && rows[here + step]) location.assign(rows[here + step]);
  }

  function pick() {
    const row = document.activeElement.closest('tr');
    const box = row && row.querySelector('[data-pick]');
    if (box) box.click();
  }

  function focusOn(selector) {
    const node = document.querySelector(selector);
    if (node) { node.focus(); if (node.select) node.select(); }
    return node !== null;
  }

  function press(key) {
    const holder = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const node = holder && target(holder);
    if (!node) return false;
    store(sessionStorage, BY_KEY, '1');
    node.click();
    return true;
  }

  const own = {
    j: () => move(1), k: () => move(-1), x: pick,
    b: () => focusOn('#bulk-act'), '/': () => focusOn('[data-search]'),
  };

  document.addEventListener('keydown', (event) => {
    const { key, target: node } = event;
    if (event.ctrlKey && key === 'Enter' && node.matches('textarea') && node.form) { event.preventDefault(); node.form.requestSubmit(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (key === 'Escape' && typing(node)) { node.blur(); return; }
    if (key.length !== 1 || typing(node) || off()) return;
    if (own[key]) { event.preventDefault(); own[key](); } else if (press(key)) event.preventDefault();
  });

  function count() {
    const said = document.querySelector('[data-bulk-count]');
    if (!said) return;
    const chosen = document.querySelectorAll('[data-pick]:checked').length;
    said.hidden = chosen === 0;
    said.textContent = String(chosen);
  }

  function arrive() {
    if (store(sessionStorage, BY_KEY) !== '1') return;
    store(sessionStorage, BY_KEY, '0');
    focusOn('main form[method=post] :is(textarea, input:not([type=hidden]), select)');
  }

  function hints() {
    if (off()) return;
    document.querySelectorAll('[data-key]').forEach((holder) => {
      const node = target(holder);
      if (node) node.setAttribute('aria-keyshortcuts', holder.dataset.key);
    });
  }

  function toggle() {
    const node = document.querySelector('[data-keys-switch]');
    if (!node) return;
    const show = () => { node.textContent = off() ? node.dataset.off : node.dataset.on; };
    node.hidden = false;
    show();
    node.addEventListener('click', () => { store(localStorage, OFF, off() ? '0' : '1'); show(); });
  }

  function watch() {
    const node = document.querySelector('[data-looking]');
    if (!node) return;
    const ask = async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(node.dataset.looking, { headers: { Accept: 'application/json' } });
        if (!answer.ok) return;
        const { said } = await answer.json();
        if (node.textContent === said) return;
        const line = Object.assign(document.createElement('p'), { className: 'notice notice-warning', textContent: said });
        node.replaceChildren(...(said ? [line] : []));
      } catch { /* the next one may arrive */ }
    };
    setInterval(ask, 30000);
  }

  document.addEventListener('change', (event) => { if (event.target.matches('[data-pick]')) count(); });
  window.addEventListener('pageshow', count);
  remember();
  hints();
  toggle();
  arrive();
  watch();
})();
