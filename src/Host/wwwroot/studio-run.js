// Studio drops what is answered to its Run button: the page asks for the sentence again and shows it.

const said = document.getElementById('studio-said');

async function tell(address) {
  // The same refusal under its other address, which is not watched.
  const answer = await fetch(address.replace(/\/execute$/, '/dispatch'), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
  const problem = await answer.json();
  said.textContent = `${problem.title} ${problem.detail}`;
  said.hidden = false;
}

if (said) {
  new PerformanceObserver((seen) => seen.getEntries().filter((call) => call.name.endsWith('/execute')).slice(0, 1).forEach((run) => tell(run.name).catch(() => {}))).observe({ type: 'resource' });
}
