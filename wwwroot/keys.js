// The keys of the actions: an element with data-key="KeyA" is used when its key is pressed; what is printed on it is that key.
// Keys are matched by their place (code), so that an input method or another layout does not change them. Nothing happens while an input
// method composes, while a key repeats, with Ctrl, Alt or Meta, or while somebody types into a field; only Escape and Ctrl+Enter work there.
(() => {
  const typing = (element) =>
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(element.type)) ||
    (element instanceof HTMLElement && (element.isContentEditable || element.getAttribute('role') === 'combobox'));

  const usable = (element) => !element.disabled && element.getAttribute('aria-disabled') !== 'true' && element.getClientRects().length > 0;

  // A key that bounces must not act twice: the second time it would meet the next case, unseen.
  const bounce = 300;
  const used = new Map();

  const press = (event) => {
    if (event.isComposing || event.keyCode === 229 || event.repeat || event.defaultPrevented || event.altKey || event.metaKey) return;
    const target = event.target;
    const inField = typing(target);
    const sends = event.code === 'Enter' || event.code === 'NumpadEnter';
    if (event.ctrlKey ? !(sends && inField) : inField && event.code !== 'Escape') return;
    // Enter on a button or a link is that element's own.
    if (sends && !inField && target instanceof Element && target.closest('button, a, [role=button]')) return;
    if (document.querySelector('.mud-popover-open, dialog[open]')) return;
    const code = sends ? 'Enter' : event.code;
    const found = [...document.querySelectorAll(`[data-key="${CSS.escape(code)}"]`)].find(usable);
    if (!found) return;
    event.preventDefault();
    if (event.timeStamp - (used.get(code) ?? -bounce) < bounce) return;
    used.set(code, event.timeStamp);
    if (typing(found)) {
      found.focus();
      return;
    }
    // A field that was being typed into tells its value when it is left; the action needs it.
    if (inField) target.blur();
    found.click();
  };

  document.addEventListener('keydown', press);
})();
