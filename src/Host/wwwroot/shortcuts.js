// Single keys, for those who have not switched them off (WCAG 2.1.4). They move, open, claim and bring to the place of the
// decision; none of them decides. Nothing happens while somebody types, or with Ctrl, Alt or Meta.

const on = document.body.dataset.shortcuts === 'on';
const help = document.getElementById('shortcuts-help');
const patience = 1200; // Milliseconds between the two keys of "g i".
let wentAt = -Infinity;

const types = (element) => element.isContentEditable || element.matches('textarea, select, input:not([type=radio], [type=checkbox])');
const press = (selector, within = document) => within.querySelector(selector)?.click();

// Rows of a list, or the lines of a request: each knows where the focus goes on it.
const stops = () => [...document.querySelectorAll('[data-row] th a, .cc-linedecision')];
const focusOn = (stop) => {
  const target = stop?.matches('.cc-linedecision') ? (stop.querySelector('input:checked') ?? stop.querySelector('input')) : stop;
  target?.focus();
  (stop?.closest('.cc-card') ?? stop)?.scrollIntoView({ block: 'nearest' });
};

function move(step) {
  const all = stops();
  const at = all.findIndex((stop) => stop.contains(document.activeElement) || stop.closest('[data-row]')?.contains(document.activeElement));
  focusOn(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))]);
}

const row = () => document.activeElement?.closest('[data-row]');

function decide() {
  const place = document.querySelector('[data-key=decide]');
  place?.focus();
  place?.scrollIntoView({ block: 'start' });
}

function search() {
  const field = document.querySelector('input[type=search]');
  field?.focus();
  field?.select();
}

// An outcome of the line that has the focus is chosen as by the arrow keys; it is sent with the decision only.
function outcome(n) {
  const choice = document.activeElement?.closest('.cc-linedecision')?.querySelectorAll('.cc-outcomes input')[n - 1];
  if (!choice) return;
  choice.click();
  choice.focus();
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  o: () => press('th a', row() ?? document.createElement('i')),
  c: () => press('[data-key=claim]', row() ?? document.querySelector('.cc-claimbox') ?? document.createElement('i')),
  e: decide,
  n: () => press('[data-key=following]'),
  p: () => press('[data-key=previous]'),
  1: () => outcome(1),
  2: () => outcome(2),
  3: () => outcome(3),
  '/': search,
  '?': () => help?.showModal(),
};

const places = { i: '/inbox', h: '/' };

if (on) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat || types(event.target) || help?.open) return;
    const goes = event.timeStamp - wentAt < patience ? places[event.key] : undefined;
    wentAt = event.key === 'g' ? event.timeStamp : -Infinity;
    if (goes) {
      event.preventDefault();
      location.assign(goes);
    } else if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });
}
