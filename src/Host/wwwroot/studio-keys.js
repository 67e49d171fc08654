// What Studio's editor brings as a script within the page, which this page's policy rightly stops: Ctrl+S (on a Mac Cmd+S) saves at once.
// "Save as" has no key here: an eService has one flow.

window.editorHotkeys = {
  register(editor) {
    this.dispose();
    this.onKey = (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key !== 's') return;
      event.preventDefault();
      editor.invokeMethodAsync('OnHotKeysCtrlS');
    };
    window.addEventListener('keydown', this.onKey);
  },
  dispose() {
    if (this.onKey) window.removeEventListener('keydown', this.onKey);
    this.onKey = null;
  },
};
