// Upsets a page at random: what pages do to themselves, with and without a mutation that is reported. Runs in the page's world.
(() => {
  let state = 1;
  const random = () => { state |= 0; state = (state + 0x6d2b79f5) | 0; let t = Math.imul(state ^ (state >>> 15), 1 | state); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
  const int = (n) => Math.floor(random() * n);
  const pick = (list) => list[int(list.length)];
  const roots = () => {
    const out = [document];
    const go = (root) => { for (const el of root.querySelectorAll('*')) {
      if (el.shadowRoot) { out.push(el.shadowRoot); go(el.shadowRoot); }
      if (el.localName === 'iframe') { try { if (el.contentDocument?.body) { out.push(el.contentDocument); go(el.contentDocument); } } catch { /* of another origin */ } }
    } };
    go(document);
    return out;
  };
  const any = (css) => { const all = pick(roots()).querySelectorAll(css); return all.length ? all[int(all.length)] : null; };
  const inner = () => any('body *') ?? any('*') ?? document.body;
  const text = () => pick(['Save', 'Delete', 'Alpha', 'a longer text that may need two lines or more in a narrow box', '', 'x', 'Größe', '保存']) + (random() < 0.3 ? int(100) : '');
  const snippets = [
    () => `<button>${text()}</button>`, () => `<a href="#${int(9)}">${text()}</a>`, () => `<p>${text()} <b>${text()}</b></p>`, () => `<label>${text()} <input value="${int(9)}"></label>`,
    () => `<label for="made${int(4)}">${text()}</label>`, () => `<input id="made${int(4)}">`, () => `<select><option>${text()}<option>Two</select>`, () => `<div class="extra">${text()}<div>${text()}</div></div>`,
    () => `<ul><li>${text()}<li>${text()}<li>${text()}</ul>`, () => `<table><tr><th>${text()}<th>B<tr><td>1<td>2</table>`, () => `<div style="position:fixed;left:${int(600)}px;top:${int(400)}px;width:200px;height:100px;background:#fff">${text()}</div>`,
    () => `<div style="overflow:auto;height:60px"><p>${text()}</p><p>${text()}</p><p>${text()}</p><button>${text()}</button></div>`, () => `<details><summary>${text()}</summary><button>${text()}</button></details>`,
    () => `<fieldset><legend>${text()}</legend><input type=checkbox></fieldset>`, () => `<div role="button" tabindex="0" aria-labelledby="made${int(4)}">${text()}</div>`, () => `<span id="made${int(4)}">${text()}</span>`,
    () => `<div style="float:${pick(['left', 'right'])};width:80px">${text()}</div>`, () => `<iframe srcdoc="<p>${text()}</p><button>${text()}</button><input>" style="width:300px;height:80px"></iframe>`,
    () => `<div style="display:flex">${'<div style="flex:1"><button>One</button></div>'.repeat(1 + int(4))}</div>`, () => `<textarea>${text()}</textarea>`,
    () => `<div onclick="1">${text()}</div>`, () => `<img alt="${text()}" width=20 height=20>`, () => `<div contenteditable>${text()}</div>`,
  ];
  const classes = () => { const all = new Set(['extra', 'on', 'hidden', 'active']); for (const el of document.querySelectorAll('[class]')) for (const c of el.classList) { all.add(c); if (all.size > 80) return [...all]; } return [...all]; };
  const insert = () => { const at = inner(); const html = pick(snippets)(); try { at.insertAdjacentHTML(pick(['beforebegin', 'afterbegin', 'beforeend', 'afterend']), html); } catch { document.body.insertAdjacentHTML('beforeend', html); } };
  const style = (el, name, value) => { if (el?.style) el.style[name] = value; };
  const sheet = () => { const all = pick(roots()).styleSheets; for (let i = 0; i < 4; i++) { const s = all[int(all.length)]; try { if (s?.cssRules) return s; } catch { /* of another origin */ } } return null; };
  const acts = {
    attribute() { const el = inner(); const [name, value] = pick([['aria-label', text()], ['title', text()], ['aria-expanded', pick(['true', 'false'])], ['role', pick(['button', 'tab', 'none', 'listitem', 'heading', 'row'])], ['hidden', ''], ['disabled', ''],
      ['id', `made${int(4)}`], ['for', `made${int(4)}`], ['aria-hidden', 'true'], ['tabindex', '0'], ['aria-labelledby', `made${int(4)}`], ['inert', ''], ['placeholder', text()], ['href', '#x'], ['contenteditable', 'true'], ['dir', 'rtl'],
      ['aria-disabled', 'true'], ['open', ''], ['slot', pick(['a', 'b'])], ['type', pick(['text', 'checkbox', 'password', 'submit'])], ['aria-checked', 'true'], ['data-testid', text()]]);
      if (el.hasAttribute(name) && random() < 0.6) el.removeAttribute(name); else el.setAttribute(name, value); },
    class_() { inner().classList.toggle(pick(classes())); },
    text() { const el = inner(); const node = [...el.childNodes].find((n) => n.nodeType === 3 && n.data.trim()); if (node) node.data = text(); else if (!el.firstElementChild) el.textContent = text(); },
    value() { const el = any('input,textarea,select'); if (!el) return; if (el.type === 'checkbox' || el.type === 'radio') { if (random() < 0.2) el.indeterminate = !el.indeterminate; else el.checked = !el.checked; } else if (el.localName === 'select') el.selectedIndex = int(el.options.length); else if (el.type !== 'file') try { el.value = text(); } catch { /* not this one */ } },
    display() { style(inner(), 'display', pick(['none', '', 'block', 'inline', 'flex', 'inline-block', 'contents', 'grid'])); },
    look() { const [n, v] = pick([['visibility', pick(['hidden', ''])], ['opacity', pick(['0', ''])], ['cursor', pick(['pointer', ''])], ['position', pick(['absolute', 'relative', 'fixed', 'sticky', ''])], ['overflow', pick(['hidden', 'auto', ''])], ['float', pick(['left', ''])],
      ['width', `${20 + int(500)}px`], ['height', `${int(200)}px`], ['margin', `${int(40) - 10}px`], ['fontSize', `${8 + int(20)}px`], ['transform', pick(['translate(30px, 20px)', 'scale(0.5)', ''])], ['top', `${int(100)}px`], ['zIndex', pick(['5', ''])], ['clipPath', pick(['inset(50%)', ''])],
      ['pointerEvents', pick(['none', ''])], ['whiteSpace', pick(['pre', ''])], ['order', String(int(3))], ['color', 'red']]); style(inner(), n, v); },
    rule() { const s = sheet(); if (!s) return; const list = s.cssRules; const how = random();
      if (how < 0.4) s.insertRule(pick(['.on { display: none }', '.extra { padding: 7px }', 'button { font-size: 15px }', 'p + p { display: none }', 'div:hover { padding-left: 3px }', 'li:first-child { visibility: hidden }', 'input:checked + * { opacity: 0 }', '.active ~ * { margin-top: 4px }', 'h1, h2 { float: left }', 'p:empty { height: 20px }', 'tr:nth-child(even) td { padding: 6px }']), list.length);
      else if (how < 0.6 && list.length) { const rule = list[int(list.length)]; if (rule.style) rule.style.setProperty('padding', `${int(8)}px`); } else if (how < 0.8 && list.length > 1) s.deleteRule(list.length - 1); else s.disabled = !s.disabled; },
    adopted() { const root = pick(roots()); if (root.defaultView && root.defaultView !== window) return; if (root.adoptedStyleSheets.length && random() < 0.5) root.adoptedStyleSheets = []; else { const s = new CSSStyleSheet(); s.replaceSync(pick(['a { display: block }', 'button { visibility: hidden }', 'p { margin: 2px }'])); try { root.adoptedStyleSheets = [s]; } catch { /* of another document */ } } },
    scroll() { if (random() < 0.5) scrollTo(0, int(document.documentElement.scrollHeight)); else { const el = inner(); el.scrollTop = int(200); } },
    scrollIn() { for (const el of document.querySelectorAll('*')) if (el.scrollHeight > el.clientHeight + 4 && getComputedStyle(el).overflowY !== 'visible' && random() < 0.5) el.scrollTop = int(300); },
    insert, insertMore() { insert(); insert(); },
    remove() { const el = inner(); if (el !== document.body && !el.querySelector('main,#main,form') && el.querySelectorAll('*').length < 60) el.remove(); },
    move() { const a = inner(), b = inner(); if (a !== document.body && !a.contains(b) && a.getRootNode() === b.getRootNode()) try { b.append(a); } catch { /* cannot stand there */ } },
    clone() { const el = inner(); if (el.parentElement && el.querySelectorAll('*').length < 40 && el !== document.body) el.after(el.cloneNode(true)); },
    swap() { const el = inner(); if (el.parentElement && el.nextElementSibling) el.before(el.nextElementSibling); },
    shadow() { const host = document.createElement('div'); inner().append(host); const root = host.attachShadow({ mode: random() < 0.8 ? 'open' : 'closed' }); root.innerHTML = `<style>button{padding:5px}</style><button>${text()}</button><slot name="a"></slot><slot></slot>`; host.innerHTML = `<span slot="a">${text()}</span><i>${text()}</i>`; },
    shadowIn() { const all = roots().filter((r) => r.host); if (all.length) { const r = pick(all); const b = r.querySelector('button'); if (b) b.textContent = text(); if (random() < 0.3) r.append(document.createElement('input')); if (random() < 0.2) r.host.innerHTML = `<b slot="a">${text()}</b>`; } },
    frame() { const f = document.createElement('iframe'); f.srcdoc = `<p>${text()}</p><button>${text()}</button>`; f.style.cssText = 'width:300px;height:90px'; inner().append(f); },
    frameSize() { style(any('iframe'), 'height', `${50 + int(200)}px`); },
    frameScroll() { const all = roots().filter((r) => r.defaultView && r !== document); if (all.length) { const d = pick(all); d.body.style.height = '900px'; d.defaultView.scrollTo(0, int(400)); } },
    focus() { any('input,button,a,textarea,[tabindex]')?.focus(); }, blur() { document.activeElement?.blur(); },
    dialog() { let d = any('dialog'); if (!d) { d = document.createElement('dialog'); d.innerHTML = `<p>${text()}</p><button>${text()}</button>`; document.body.append(d); } try { if (d.open) d.close(); else if (random() < 0.5) d.showModal(); else d.show(); } catch { /* not in a document */ } },
    popover() { let d = any('[popover]'); if (!d) { d = document.createElement('div'); d.popover = 'manual'; d.innerHTML = `<button>${text()}</button>`; document.body.append(d); } try { d.togglePopover(); } catch { /* not in a document */ } },
    details() { const d = any('details'); if (d) d.open = !d.open; },
    animate() { inner().animate([{ transform: 'none' }, { transform: 'translate(50px, 10px)' }], { duration: 40 + int(200) }); },
    grow() { inner().animate([{ height: '10px' }, { height: '80px' }], { duration: 60 + int(200), fill: pick(['none', 'forwards']) }); },
    reflow() { document.body.style.width = `${500 + int(700)}px`; if (random() < 0.5) document.body.style.width = ''; }, font() { document.documentElement.style.fontSize = pick(['', '18px']); },
    rootClass() { (random() < 0.5 ? document.body : document.documentElement).classList.toggle(pick(classes())); },
    options() { const s = any('select'); if (s) { if (random() < 0.5) s.add(new Option(text())); else s.multiple = !s.multiple; } },
    head() { const t = any('th'); if (t) t.textContent = text(); }, row() { const t = any('tr'); if (t) t.after(t.cloneNode(true)); }, column() { const t = any('td,th'); if (t) t.before(t.cloneNode(true)); },
    legend() { const l = any('legend,caption,summary,label'); if (l) l.append(text()); },
    title() { document.title = text(); },
  };
  const names = Object.keys(acts), first = document.querySelectorAll('*').length;
  globalThis.upset = (seed, count) => {
    state = seed;
    const done = [];
    for (let i = 0; i < count; i++) { const name = pick(names); done.push(name); acts[name](); }
    return done.join(' ');
  };
  globalThis.spent = () => document.querySelectorAll('*').length > first * 2 + 1500;
})();
