// The keys of the actions: an element with data-key="KeyA" is used when its key is pressed; what is printed on it is that key.
// Keys are matched by their place (code), so that an input method or another layout does not change them. Nothing happens while an input
// method composes, while a key repeats, with Ctrl, Alt or Meta, or while somebody types into a field; only Escape and Ctrl+Enter work there,
// and the digits in a search field, which pick from what it found. An open question goes before a panel, a panel before the page.
(() => {
  const typing = (element) =>
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(element.type)) ||
    (element instanceof HTMLElement && (element.isContentEditable || element.getAttribute('role') === 'combobox'));

  const usable = (element) => !element.disabled && element.getAttribute('aria-disabled') !== 'true' && element.getClientRects().length > 0;
  const sought = (code) => ['[role=alertdialog] ', '[role=dialog] ', '']
    .flatMap((scope) => [...document.querySelectorAll(`${scope}[data-key="${CSS.escape(code)}"]`)]).find(usable);

  // A key that bounces must not act twice: the second time it would meet the next case, unseen.
  const bounce = 300;
  const used = new Map();

  // What is typed between the key that opens a panel and the panel's search field belongs into that field: on the page it would decide something.
  // So long a server that is slow may take to open it; Escape does not wait for it.
  const patience = 5000;
  let ahead;

  const press = (event) => {
    if (event.isComposing || event.keyCode === 229 || event.repeat || event.defaultPrevented || event.altKey || event.metaKey) return;
    const target = event.target;
    const inField = typing(target);
    const searching = inField && target.type === 'search';
    if (event.code === 'Escape') ahead = undefined;
    if (ahead && !inField && !event.ctrlKey && event.timeStamp < ahead.until) {
      if (event.key.length === 1) ahead.text += event.key;
      event.preventDefault();
      return;
    }
    const sends = event.code === 'Enter' || event.code === 'NumpadEnter';
    const code = sends ? 'Enter' : event.code.replace(/^Numpad(?=\d$)/, 'Digit');
    // The arrows move among what was found, not within the word.
    if (searching && /^Arrow(Up|Down)$/.test(code)) event.preventDefault();
    const picks = searching && code.startsWith('Digit') && !event.shiftKey;
    if (event.ctrlKey ? !(sends && inField) : inField && !picks && code !== 'Escape') return;
    // The browser itself clears a search field.
    if (searching && code === 'Escape' && target.value) return;
    // Enter on a button or a link is that element's own.
    if (sends && !inField && target instanceof Element && target.closest('button, a, [role=button]')) return;
    if (document.querySelector('.mud-popover-open, dialog[open]')) return;
    const found = sought(code);
    if (!found) {
      if (picks) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (event.timeStamp - (used.get(code) ?? -bounce) < bounce) return;
    used.set(code, event.timeStamp);
    if (typing(found)) {
      found.focus();
      return;
    }
    // A field that was being typed into tells its value when it is left; the action needs it.
    if (inField && !picks) target.blur();
    if (found.hasAttribute('data-opens')) ahead = { text: '', until: event.timeStamp + patience };
    found.click();
  };

  // While a field offers something, these keys choose among it; what they would do otherwise is nobody's wish then.
  document.addEventListener('keydown', (event) => {
    const offers = event.target instanceof Element && document.getElementById(event.target.dataset.offers ?? '');
    if (!offers || offers.hidden || event.isComposing) return;
    if (['ArrowUp', 'ArrowDown', 'Escape'].includes(event.key) || (['Enter', 'Tab'].includes(event.key) && offers.childElementCount > 0)) event.preventDefault();
  }, true);
  document.addEventListener('keydown', press);
  document.addEventListener('click', ({ target }) => {
    const opens = target instanceof Element && target.closest('[data-dialog]');
    if (opens) document.getElementById(opens.dataset.dialog)?.showModal();
    // A link in a sheet leads to what lies under it.
    if (target instanceof Element) target.closest('dialog a')?.closest('dialog').close();
  });
  document.addEventListener('focusin', ({ target }) => {
    if (!ahead || !typing(target)) return;
    const [, digits, letters] = /^(\d*)(.*)$/s.exec(ahead.text);
    ahead = undefined;
    if (target.type !== 'search') return;
    for (const digit of digits) sought(`Digit${digit}`)?.click();
    if (!letters) return;
    target.value = letters;
    target.dispatchEvent(new Event('input', { bubbles: true }));
  });
})();
