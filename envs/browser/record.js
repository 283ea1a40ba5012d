// What a person does, told as it happens to `cuaTold`, which only our world has. Planted while somebody records; it stops nothing
// and changes nothing. What is typed into a password field is not told, only that something was.
(() => {
  'use strict';
  if (globalThis.cua === undefined || Object.hasOwn(globalThis.cua, 'recording')) return;
  const { hit, inside, flatParent, focusOf } = cua.tools;
  const LONGEST = 100000, NEAR = 6, MOST_TEXTS = 4, DEEP = 8;
  const EDITING = 'input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=reset],[type=image],[type=file],[type=range],[type=color]),textarea';
  const CHOSEN = 'select,input[type=checkbox],input[type=radio],input[type=file]';
  const NAMED = new Set(['Enter', 'Escape', 'Tab', ' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown', 'Delete', 'Backspace']);
  const POINTED = new Set(['down', 'up', 'drag', 'drop', 'over', 'double', 'menu']);
  const FUNCTION = /^F\d{1,2}$/;
  const secrets = new WeakSet(), last = new WeakMap();
  let down = null, over = null, coming = null;

  const element = (node) => { while (node && node.nodeType !== 1) node = flatParent(node); return node ?? null; };
  // The innermost node: through closed shadow roots, too, which do not tell whom an event in them is meant for.
  const innermost = (event) => {
    const told = element(event.composedPath()[0]);
    if (!told) return null;
    const found = event instanceof MouseEvent && event.detail + event.clientX + event.clientY > 0
      ? hit(told.ownerDocument, event.clientX, event.clientY) : focusOf(told.ownerDocument);
    return found && found !== told && inside(told, found) && !told.contains(found) ? found : told;
  };
  // Text that is no control is read as an element of its own, by its first node: what lies on the node that was pointed at.
  const textsOn = (node) => {
    let block = node;
    for (let i = 0; i < 3 && block.parentElement && getComputedStyle(block).display.startsWith('inline'); i++) block = block.parentElement;
    const walker = node.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT), refs = [];
    for (let text; refs.length <= MOST_TEXTS && (text = walker.nextNode());) if (text.data.trim()) refs.push(cua.id(text));
    return refs.length <= MOST_TEXTS ? refs : [];
  };
  const pathOf = (node, pointed) => {
    const refs = pointed ? [cua.id(node), ...textsOn(node)] : [];
    for (let n = pointed ? flatParent(node) : node; n && n.nodeType !== 9; n = flatParent(n)) if (n.nodeType === 1) refs.push(cua.id(n));
    return refs;
  };
  const held = (event) => ['Alt', 'Control', 'Meta', 'Shift'].filter((key) => event.getModifierState?.(key) && !(key !== 'Shift' && event.getModifierState('AltGraph')));
  const secret = (el) => {
    if (el.matches('input[type=password],input[autocomplete="one-time-code"],input[autocomplete="cc-csc"]')) secrets.add(el);
    return secrets.has(el) || (getComputedStyle(el).webkitTextSecurity ?? 'none') !== 'none';
  };
  const labels = (list) => Array.from(list, (option) => (option.label || option.textContent).replace(/\s+/g, ' ').trim());
  const tell = (kind, node, more) => {
    try { cuaTold(JSON.stringify({ kind, path: node ? pathOf(node, POINTED.has(kind)) : [], ...more })); } catch { /* nobody listens any more */ }
    requestAnimationFrame(() => { try { cua.top.cua.wake(); } catch { /* another process: it is looked at all the same */ } });
  };
  const place = (event) => ({ x: event.clientX, y: event.clientY, button: event.button, keys: held(event) });

  const heard = {
    pointerdown: (event, el) => {
      down = { el, x: event.clientX, y: event.clientY };
      if (el.matches('input')) secret(el);
      tell('down', el, place(event));
    },
    pointerup: (event, el) => {
      if (!down) return;
      const far = Math.abs(event.clientX - down.x) + Math.abs(event.clientY - down.y) > NEAR;
      // A captured pointer is told to whom it was captured by: what lies there counts, and what is under it: the picture of
      // what is dragged lies there, too.
      const on = hit(el.ownerDocument, event.clientX, event.clientY) ?? el;
      const under = el.ownerDocument.elementsFromPoint(event.clientX, event.clientY).filter((one) => one !== on).slice(0, DEEP);
      if (far) tell('up', on, { ...place(event), path: [on, ...under].flatMap((one) => [cua.id(one), ...textsOn(one)]) });
      down = null;
    },
    click: (event, el) => tell('click', el, { ...place(event), count: event.detail }),
    auxclick: (event, el) => { if (event.button === 1) tell('click', el, { ...place(event), count: event.detail }); },
    dblclick: (event, el) => tell('double', el, place(event)),
    contextmenu: (event, el) => { if (event.button === 2) tell('menu', el, place(event)); },
    dragstart: (event, el) => tell('drag', el, {}),
    drop: (event, el) => tell('drop', el, { files: Array.from(event.dataTransfer?.files ?? [], (file) => file.name) }),
    dragend: () => { down = null; },
    pointerover: (event, el) => { coming = down || el === over ? null : el; },
    keydown: (event, el) => {
      const keys = held(event).filter((key) => key !== 'Shift');
      const shortcut = keys.length > 0 && !['Alt', 'Control', 'Meta'].includes(event.key);
      if (event.isComposing || !(NAMED.has(event.key) || FUNCTION.test(event.key) || shortcut)) return;
      if (secret(el) && !['Enter', 'Tab', 'Escape'].includes(event.key)) return;
      const lines = el.matches('textarea') || el.isContentEditable;
      const widget = el.getAttribute('aria-haspopup') !== null || el.hasAttribute('aria-controls') || el.hasAttribute('aria-autocomplete') || el.getAttribute('role') === 'combobox' || el.hasAttribute('list');
      tell('key', el, { key: event.key, keys: held(event), lines, widget, editing: el.matches(EDITING) || el.isContentEditable });
    },
    input: (event, el, late) => {
      // A change within a shadow root is not told outside of it (DOM: change is not composed).
      if (!late && el.matches(CHOSEN) && el.getRootNode() instanceof ShadowRoot) heard.change(event, el);
      else if (el.isContentEditable) {
        while (el.parentElement?.isContentEditable) el = el.parentElement;
        tell('type', el, { value: el.innerText.slice(0, LONGEST), secret: false });
      } else if (el.matches(EDITING) || el.matches('input[type=range],input[type=color]')) {
        const hidden = secret(el);
        if (late && last.get(el) === el.value) return;
        last.set(el, el.value);
        tell('type', el, { value: hidden ? null : el.value.slice(0, LONGEST), secret: hidden });
      }
    },
    change: (event, el) => {
      if (el.matches('select')) tell('choose', el, { options: labels(el.selectedOptions), multiple: el.multiple });
      else if (el.matches('input[type=checkbox],input[type=radio]')) tell('check', el, { checked: el.checked });
      else if (el.matches('input[type=file]')) tell('files', el, { files: Array.from(el.files, (file) => file.name) });
      else heard.input(event, el, true);
    },
    submit: (event, el) => tell('submit', el, {}),
  };
  for (const [kind, hear] of Object.entries(heard)) {
    addEventListener(kind, (event) => {
      if (!event.isTrusted || !cua.recording) return;
      const el = innermost(event);
      if (el) hear(event, el);
    }, { capture: true, passive: true });
  }
  // What the page moves under a pointer that rests is not pointed at.
  addEventListener('pointermove', (event) => {
    if (!coming || !event.isTrusted || !cua.recording) return;
    over = coming;
    coming = null;
    tell('over', over, {});
  }, { capture: true, passive: true });
  cua.recording = true;
})();
