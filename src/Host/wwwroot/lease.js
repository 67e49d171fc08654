// The page that edits a draft: says every few seconds that it is still there, and shows who edits and what is wrong.

const form = document.getElementById('lease');
const state = document.getElementById('draft-state');
const every = 15_000;

// Whoever has put the problems away finds them put away.
function show(said) {
  const away = state.querySelector('details:not([open])');
  state.innerHTML = said;
  if (away) state.querySelector('details')?.removeAttribute('open');
}

async function renew() {
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'text/html' } });
    // 409: somebody else edits now. The part of the page that comes says so.
    if (!answer.ok && answer.status !== 409) return;
    const said = await answer.text();
    if (said !== state.dataset.said) show(said);
    state.dataset.said = said;
    document.body.classList.toggle('studio-lost', answer.status === 409);
  } catch {
    // The host is away; the next time is soon.
  }
}

if (form && state) {
  setInterval(renew, every);
  // What Studio has just saved or published changes what stands here.
  new PerformanceObserver((seen) => seen.getEntries().some((call) => call.name.endsWith('/elsa/api/workflow-definitions')) && renew()).observe({ type: 'resource' });
  document.addEventListener('visibilitychange', () => document.hidden || renew());
}
