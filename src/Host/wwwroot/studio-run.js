// Studio drops what is answered to its Run button: the page reads it too and shows the sentence.

(() => {
  const said = document.getElementById('studio-said');
  const send = window.fetch;
  window.fetch = async (input, init) => {
    const answer = await send(input, init);
    const address = typeof input === 'string' ? input : input.url ?? String(input);
    if (said && !answer.ok && address.endsWith('/execute')) {
      const problem = await answer.clone().json();
      said.textContent = `${problem.title} ${problem.detail}`;
      said.hidden = false;
    }
    return answer;
  };
})();
