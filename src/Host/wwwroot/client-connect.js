// Everything works without this file; it only spares typing and clicks. No inline script, no eval.

const idle = 2000; // Milliseconds of quiet before a draft is saved.
const warning = 120; // Seconds before the session ends.

const key = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

// The error summary takes the focus, so that it is read first; whoever has gone on from it already is not fetched back.
if (document.activeElement === document.body) document.querySelector('[data-focus]')?.focus();

// A second click on a sending button does nothing; the server's operation key guards what slips through.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
  // A file comes back and the page stays: its other buttons go on working at once.
  if (event.submitter?.matches('[data-download]')) return;
  if (form.dataset.sending === 'true') {
    event.preventDefault();
    return;
  }
  if (form === draft && underWay) {
    event.preventDefault();
    sendAfter(underWay, event.submitter);
    return;
  }
  form.dataset.sending = 'true';
  cancelSaving();
  setTimeout(() => delete form.dataset.sending, 4000);
});
window.addEventListener('pageshow', (event) => {
  if (event.persisted) document.querySelectorAll('form[data-sending]').forEach((form) => delete form.dataset.sending);
});

// Drafts save themselves; fields that others depend on ask for the form anew.
const draft = document.querySelector('form[data-autosave]');
let saving = 0; // The timer of the next save; 0 where nothing is unsaved.
let underWay = null; // The save or refresh that has not been answered yet.
let place = null; // Where on the screen the control was that one works on while a refresh comes back.
let pressed = null; // The control that the pointer holds down, and whether the form was exchanged meanwhile.
let fileBoxes = []; // Before the form is exchanged.
const typedSince = new Map(); // What was typed while a refresh was under way: it outlives the form that comes back.

function cancelSaving() {
  clearTimeout(saving);
  saving = 0;
}

function saveSoon() {
  cancelSaving();
  saving = setTimeout(save, idle);
}

const save = () => post('autosave', '#saved');
const refresh = () => post('refresh', '#form-body', '#form-body');

// One at a time: each answer brings the draft's revision that the next request must name.
function post(action, target, select) {
  if (!draft || !window.htmx || draft.dataset.sending === 'true') return Promise.resolve();
  if (underWay) return underWay.then(() => post(action, target, select));
  cancelSaving();
  typedSince.clear();
  underWay = window.htmx
    .ajax('POST', draft.action, { source: draft, target, select, swap: 'outerHTML', values: { do: action } })
    .catch(() => {})
    .then(() => {
      underWay = null;
    });
  return underWay;
}

// The form goes as it stands once the answer is in; its button may be a new one by then.
function sendAfter(request, submitter) {
  request.then(() => {
    const same = submitter?.isConnected ? submitter : draft.querySelector(`button[name="do"][value="${CSS.escape(submitter?.value ?? '')}"]`);
    draft.requestSubmit(same ?? undefined);
  });
}

const isTicked = (control) => control.type === 'checkbox' || control.type === 'radio';
const nameOf = (control) => (isTicked(control) ? `${control.name}=${control.value}` : control.name);

function remember(control) {
  if (!control.name || control.type === 'hidden' || control.type === 'file') return;
  const selection = control === document.activeElement && 'selectionStart' in control ? [control.selectionStart, control.selectionEnd] : null;
  typedSince.set(nameOf(control), { value: control.value, checked: control.checked, selection });
}

function restore(control) {
  const typed = typedSince.get(nameOf(control));
  if (!typed) return;
  if (isTicked(control)) control.checked = typed.checked;
  else control.value = typed.value;
  if (typed.selection?.[0] != null && control === document.activeElement) control.setSelectionRange(...typed.selection);
}

// The very box takes the place of its successor: the dialog in which a file is chosen may be open, and answers to it alone.
function comesThrough(box) {
  const successor = draft.querySelector(`input[type=file][name="${CSS.escape(box.name)}"]`);
  if (!successor) return;
  for (const { name } of [...box.attributes]) if (!successor.hasAttribute(name)) box.removeAttribute(name);
  for (const { name, value } of successor.attributes) if (box.getAttribute(name) !== value) box.setAttribute(name, value);
  successor.replaceWith(box);
}

if (draft) {
  draft.addEventListener('input', (event) => {
    if (underWay) remember(event.target);
    saveSoon();
  });
  draft.addEventListener('change', (event) => {
    if (underWay) remember(event.target);
    if (event.target.dataset.refreshes === 'true') refresh();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && saving) save();
  });
  document.addEventListener('htmx:beforeSwap', (event) => {
    if (event.detail.target.id !== 'form-body') return;
    fileBoxes = [...draft.querySelectorAll('input[type=file]')];
    const on = document.activeElement;
    place = draft.contains(on) ? { control: on, top: on.getBoundingClientRect().top } : null;
    if (pressed) pressed.exchanged = true;
  });
  // Signed out meanwhile: what was typed stays on the page until it can be saved.
  document.addEventListener('htmx:responseError', (event) => {
    const over = document.getElementById('session-over');
    if (event.detail.xhr.status === 401 && over) over.hidden = false;
  });
  document.addEventListener('htmx:afterRequest', (event) => {
    const over = document.getElementById('session-over');
    if (event.detail.successful && over) over.hidden = true;
  });
  // A refresh computes and saves nothing: what it was asked with is saved after it, together with what was typed meanwhile.
  document.addEventListener('htmx:afterSwap', (event) => {
    if (event.detail.target.id !== 'form-body') return;
    fileBoxes.forEach(comesThrough);
    [...draft.elements].forEach(restore);
    // What one works on stays where it is, however much longer the form has become above it.
    const same = place?.control.isConnected ? place.control : document.getElementById(place?.control.id ?? '');
    if (same) window.scrollBy({ top: same.getBoundingClientRect().top - place.top, behavior: 'instant' });
    saveSoon();
  });
}

// What is pressed while the form is exchanged may lie elsewhere, or be another, when it is let go: the browser calls that no click, whoever pressed does.
const whatIs = (control) => ['tagName', 'id', 'name', 'value', 'htmlFor'].map((of) => control[of] ?? '').join(' ');
if (draft) {
  document.addEventListener('pointerdown', (event) => {
    const control = event.target.closest?.('button, input, label');
    pressed = control && { control, exchanged: false };
  });
  document.addEventListener('pointerup', (event) => {
    if (pressed?.exchanged && !(pressed.control.isConnected && pressed.control.contains(event.target))) {
      const { control } = pressed;
      const same = control.isConnected ? control : [...draft.querySelectorAll(control.tagName)].find((other) => whatIs(other) === whatIs(control));
      same?.click();
    }
    pressed = null;
  });
}

// Rows pasted from a spreadsheet become lines at once: the button is pressed for whoever pasted them into an empty box.
document.addEventListener('paste', (event) => {
  const box = event.target.closest?.('textarea[data-paste]');
  const rows = event.clipboardData?.getData('text/plain') ?? '';
  if (!box || box.value.trim() || !/[\t\n]/.test(rows.trim())) return;
  setTimeout(() => box.form.requestSubmit(box.closest('[data-paste-area]').querySelector('button')));
});

// The list to pick from narrows while one types; what is ticked stays to be seen.
document.addEventListener('input', (event) => {
  const list = event.target.matches?.('[data-find]') && event.target.closest('[data-pick]');
  if (!list) return;
  const sought = event.target.value.trim().toLowerCase();
  for (const row of list.querySelectorAll('tbody tr')) {
    row.hidden = !row.textContent.toLowerCase().includes(sought) && !row.querySelector('input:checked');
  }
});
// Enter looks for it, and does not go on to the next page.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !event.target.matches?.('[data-find]')) return;
  event.preventDefault();
});

// Each request of its own has an operation of its own; files travel only by their button.
document.addEventListener('htmx:configRequest', (event) => {
  const values = event.detail.parameters;
  const names = typeof values.keys === 'function' ? [...values.keys()] : Object.keys(values);
  for (const name of names) if (/^(upload|sheet)\./.test(name)) delete values[name];
  values.operation = key();
});

// Uploads show how far they are. Without script the button posts the form.
document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-upload] button');
  const area = button?.closest('[data-upload]');
  const form = button?.form;
  if (!form || !area.querySelector('input[type=file]').files.length) return;
  event.preventDefault();
  if (form === draft && underWay) {
    sendAfter(underWay, button);
    return;
  }
  cancelSaving();
  const body = new FormData(form);
  body.set('do', button.value);
  const bar = area.querySelector('progress');
  const request = new XMLHttpRequest();
  request.open('POST', button.getAttribute('formaction'));
  request.upload.addEventListener('progress', (e) => {
    bar.hidden = false;
    if (e.lengthComputable) bar.value = (100 * e.loaded) / e.total;
  });
  request.addEventListener('load', () => {
    if (request.status < 400) {
      location.reload();
      return;
    }
    // The page that says what is wrong with a file comes by the ordinary way; what was typed has been saved meanwhile.
    const answer = new DOMParser().parseFromString(request.responseText, 'text/html');
    for (const name of ['revision', 'operation']) {
      const own = form.querySelector(`input[type=hidden][name="${name}"]`);
      const now = answer.querySelector(`form[data-autosave] input[type=hidden][name="${name}"]`);
      if (own && now) own.value = now.value;
    }
    form.requestSubmit(button);
  });
  request.addEventListener('error', () => form.requestSubmit(button));
  request.send(body);
});

// Two minutes before the session ends: the draft is saved first, then the warning with one button to stay.
const ends = Number(document.querySelector('meta[name="session-ends-in"]')?.content ?? 0);
const box = document.getElementById('session-warning');
if (ends > warning && box) {
  let timer = 0;
  const arm = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (saving) await save();
      box.hidden = false;
      box.querySelector('button')?.focus();
    }, (ends - warning) * 1000);
  };
  document.getElementById('session-extension')?.addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'follow' });
    delete form.dataset.sending;
    if (answer.ok && !answer.redirected) {
      box.hidden = true;
      arm();
    } else {
      location.reload();
    }
  });
  document.addEventListener('htmx:afterRequest', arm);
  arm();
}
