// A problem names its step: whoever follows such a link sees the step in the middle of the canvas, chosen. Studio has no call for that from
// outside, so the page does with the mouse's own events what a person does: pushes the canvas along at a blank place and presses the step.

(() => {
  const mark = '#step-';
  const patience = 90_000;

  const nodeOf = (step) => document.querySelector(`.x6-node[data-cell-id="${CSS.escape(step)}"]`);
  const middleOf = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const stepOf = (address) => address.includes(mark) ? decodeURIComponent(address.slice(address.indexOf(mark) + mark.length)) : null;

  function send(target, type, [x, y]) {
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, composed: true, view: window, clientX: x, clientY: y, buttons: type === 'mouseup' ? 0 : 1 }));
  }

  // What of the canvas can be seen.
  function roomOf(canvas) {
    const box = canvas.getBoundingClientRect();
    const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
    return { left, top, width: Math.min(box.right, innerWidth) - left, height: Math.min(box.bottom, innerHeight) - top };
  }

  function blankPlace(canvas) {
    const room = roomOf(canvas);
    for (let y = room.top + 20; y < room.top + room.height - 20; y += 20) {
      for (let x = room.left + 20; x < room.left + room.width - 20; x += 20) {
        const at = document.elementFromPoint(x, y);
        if (at && canvas.contains(at) && !at.closest('.x6-cell, .x6-cell-tool, [class*=x6-widget]')) return [at, [x, y]];
      }
    }

    return null;
  }

  function push(canvas, node) {
    const place = blankPlace(canvas);
    if (!place) return;
    const [blank, [x, y]] = place;
    const [from, to] = [middleOf(node.getBoundingClientRect()), middleOf(roomOf(canvas))];
    const end = [x + to[0] - from[0], y + to[1] - from[1]];
    send(blank, 'mousedown', [x, y]);
    for (const part of [0.5, 1]) send(document, 'mousemove', [x + (end[0] - x) * part, y + (end[1] - y) * part]);
    send(document, 'mouseup', end);
  }

  async function show(step) {
    for (const begun = performance.now(); !nodeOf(step); await new Promise((later) => setTimeout(later, 200))) {
      if (performance.now() - begun > patience) return;
    }

    const node = nodeOf(step);
    push(node.closest('.x6-graph'), node);
    await new Promise(requestAnimationFrame);
    const middle = middleOf(node.getBoundingClientRect());
    const at = document.elementFromPoint(...middle);
    const pressed = at && node.contains(at) ? at : node;
    for (const type of ['mousedown', 'mouseup', 'click']) send(pressed, type, middle);
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest?.(`.studio-draft a[href*="${mark}"]`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(stepOf(link.hash));
  });
  const asked = stepOf(location.hash);
  if (asked) show(asked);
})();
