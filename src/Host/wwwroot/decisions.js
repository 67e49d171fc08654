// The decision's page: how the lines stand is counted as it is chosen, and all lines are set without asking the server.

const form = document.getElementById('decision');
const tally = form?.querySelector('[data-tally]');
const lines = [...document.querySelectorAll('.cc-linedecision')];

function count() {
  if (!tally) return;
  tally.hidden = false;
  for (const part of tally.querySelectorAll('[data-tally-of]')) {
    const n = lines.filter((line) => line.querySelector('.cc-outcomes input:checked')?.value === part.dataset.tallyOf).length;
    part.querySelector('strong').textContent = n;
    part.dataset.none = n === 0 ? 'true' : 'false';
  }
}

function setAll(all) {
  const outcome = all.querySelector('[name="all.outcome"]').value;
  const reason = all.querySelector('[name="all.reason"]')?.value;
  for (const line of lines) {
    const choice = line.querySelector(`.cc-outcomes input[value="${CSS.escape(outcome)}"]`);
    if (choice) choice.checked = true;
    if (!reason || outcome === 'approve') continue;
    const field = line.querySelector('[name$=".reason"]:is(select)');
    if (field) field.value = reason;
    const radio = line.querySelector(`[name$=".reason"][value="${CSS.escape(reason)}"]`);
    if (radio) radio.checked = true;
  }
  count();
}

// Who leaves with a decision half made is asked first; sending it, or one of its notes, is no leaving.
let isTyped = false;
const belongs = (control) => control.form === form && control.type !== 'hidden';

if (form) {
  const typed = (event) => {
    if (belongs(event.target)) isTyped = true;
  };
  document.addEventListener('input', typed);
  document.addEventListener('change', typed);
  form.addEventListener('submit', () => (isTyped = false));
  window.addEventListener('beforeunload', (event) => {
    if (isTyped) event.preventDefault();
  });
  document.addEventListener('change', (event) => {
    if (event.target.closest('.cc-outcomes')) count();
  });
  form.querySelector('[data-all] button')?.addEventListener('click', (event) => {
    event.preventDefault();
    isTyped = true;
    setAll(event.target.closest('[data-all]'));
  });
  count();
}
