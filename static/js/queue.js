// The queue without the mouse: "/" searches, j and k move, Enter opens (it is a focused link).
(function () {
  'use strict';
  const links = () => Array.from(document.querySelectorAll('.queue-link'));
  const typing = (node) => node.closest('input, textarea, select, [contenteditable]') !== null;

  function move(step) {
    const all = links();
    if (all.length === 0) return;
    const here = all.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
    all[next].focus();
  }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && event.target.matches('[data-search]')) { event.target.blur(); return; }
    if (typing(event.target)) return;
    const search = document.querySelector('[data-search]');
    if (event.key === '/' && search) { event.preventDefault(); search.focus(); search.select(); }
    if (event.key === 'j') move(1);
    if (event.key === 'k') move(-1);
    const help = document.querySelector('[data-keys]');
    if (event.key === '?' && help) help.open = !help.open;
  });
})();
