// What other tools record of an element, and how they find it again, written from their public descriptions (rivals.py
// names them). Plain data goes out and comes back in, so that a page may be loaded anew between the two.
(() => {
  'use strict';
  if (globalThis.cuaRivals) return;

  const idOf = (el) => el.getAttribute('id') ?? ''; // a form's `id` may be a field of it
  const squeeze = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const first = (find) => { try { return find() ?? null; } catch { return null; } };
  const byCss = (css) => first(() => document.querySelector(css));
  const onlyCss = (css) => first(() => document.querySelectorAll(css).length) === 1;
  const byXpath = (path) => first(() => document.evaluate(path, document, null, 9, null).singleNodeValue);
  const quoted = (text) => (text.includes("'") ? `"${text}"` : `'${text}'`);
  const shown = (el) => { const r = el.getBoundingClientRect(); return r.width > 0 && r.height > 0; };

  const xpath = (el, stop = () => null) => {
    let path = '';
    for (let at = el; at && at.nodeType === 1; at = at.parentElement) {
      const start = stop(at);
      if (start) return start + path;
      let n = 1;
      for (let s = at.previousElementSibling; s; s = s.previousElementSibling) if (s.localName === at.localName) n++;
      path = `/${at.localName}[${n}]${path}`;
    }
    return path;
  };
  const idXpath = (el) => xpath(el, (at) => (idOf(at) && at !== el ? `//*[@id=${quoted(idOf(at))}]` : null));
  const css = (el) => {
    let path = '';
    for (let at = el; at && at.nodeType === 1; at = at.parentElement) {
      const options = [...(idOf(at) ? [`#${CSS.escape(idOf(at))}`] : []), ...[...at.classList].map((c) => `.${CSS.escape(c)}`), at.localName,
        `${at.localName}:nth-child(${[...(at.parentElement?.children ?? [at])].indexOf(at) + 1})`];
      for (const own of options) if (onlyCss(own + path)) return own + path;
      path = ` > ${options.at(-1)}${path}`;
    }
    return path.slice(3);
  };

  // Selenium IDE, packages/side-runtime and locatorBuilders: the list in its order of preference.
  const selenium = (el) => {
    const list = [], add = (kind, value) => list.push([kind, value]), tag = el.localName, text = squeeze(el.textContent);
    for (const name of ['data-test', 'data-test-id', 'data-testid']) if (el.hasAttribute(name)) add('css', `*[${name}=${JSON.stringify(el.getAttribute(name))}]`);
    if (idOf(el)) add('id', idOf(el));
    if (tag === 'a' && text) add('link', text);
    if (el.getAttribute('name')) add('name', el.getAttribute('name'));
    add('css', css(el));
    if (tag === 'a' && text) add('xpath', `//a[contains(text(),${quoted(text)})]`);
    for (const name of ['id', 'name', 'value', 'type', 'action', 'onclick']) {
      const value = el.getAttribute(name);
      if (value) { const path = `//${tag}[@${name}=${quoted(value)}]`; if (byXpath(path) === el) { add('xpath', path); break; } }
    }
    add('xpath', idXpath(el));
    if (tag === 'a' && el.getAttribute('href')) add('xpath', `//a[contains(@href, ${quoted(el.getAttribute('href'))})]`);
    add('xpath', xpath(el));
    if (text) add('xpath', `//${tag}[contains(.,${quoted(text)})]`);
    return list;
  };
  const seleniumFind = (list) => {
    for (const [kind, value] of list) {
      const found = kind === 'id' ? document.getElementById(value) : kind === 'name' ? byCss(`[name=${JSON.stringify(value)}]`) : kind === 'css' ? byCss(value)
        : kind === 'link' ? [...document.querySelectorAll('a')].find((a) => squeeze(a.textContent) === value) ?? null : byXpath(value);
      if (found) return found;
    }
    return null;
  };

  // Chrome DevTools Recorder: aria (found by the caller, who knows names), css, xpath, text; the first that is there.
  const chrome = (el) => {
    const text = squeeze(el.textContent);
    const alone = text && text.length < 64 && [...document.querySelectorAll('*')].filter((other) => squeeze(other.textContent) === text && ![...other.children].some((c) => squeeze(c.textContent) === text)).length === 1;
    return { css: css(el), xpath: xpath(el, (at) => (idOf(at) ? `//*[@id=${quoted(idOf(at))}]` : null)), text: alone ? text : '' };
  };
  const chromeFind = ({ css: path, xpath: other, text }) => byCss(path) ?? byXpath(other) ??
    (text ? [...document.querySelectorAll('*')].find((el) => squeeze(el.textContent).includes(text) && ![...el.children].some((c) => squeeze(c.textContent).includes(text))) ?? null : null);

  // browser-use, Agent._update_action_indices and DOMInteractedElement: exact hash, stable hash, xpath, name, attributes.
  const STATIC = ['class', 'id', 'name', 'type', 'placeholder', 'aria-label', 'title', 'role', 'data-testid', 'data-test', 'data-cy', 'for', 'required', 'disabled', 'readonly', 'checked', 'selected',
    'multiple', 'accept', 'href', 'target', 'rel', 'aria-describedby', 'aria-labelledby', 'aria-controls', 'aria-owns', 'tabindex', 'alt', 'src'];
  const DYNAMIC = /focus|hover|active|selected|disabled|animation|transition|loading|open|closed|expanded|collapsed|visible|hidden|pressed|checked|highlighted|current|entering|leaving/;
  const hashed = (el, stable, name) => {
    const tags = [];
    for (let at = el; at; at = at.parentElement) tags.unshift(at.localName);
    const said = STATIC.filter((a) => el.hasAttribute(a)).map((a) => {
      const value = el.getAttribute(a);
      return `${a}=${a === 'class' && stable ? value.split(/\s+/).filter((c) => !DYNAMIC.test(c)).sort().join(' ') : value}`;
    });
    return `${tags.join('/')}|${said.join('|')}|${name}`;
  };
  const browserUse = (el, name) => ({ exact: hashed(el, false, name), stable: hashed(el, true, name), xpath: xpath(el), name, tag: el.localName,
    attributes: ['name', 'id', 'aria-label'].filter((a) => el.getAttribute(a)).map((a) => [a, el.getAttribute(a)]) });
  const browserUseFind = (was, all) => {
    const one = (fits) => all.find(fits)?.[0] ?? null;
    return one(([el, name]) => hashed(el, false, name) === was.exact) ?? one(([el, name]) => hashed(el, true, name) === was.stable) ?? one(([el]) => xpath(el) === was.xpath) ??
      (was.name ? one(([el, name]) => el.localName === was.tag && name === was.name) : null) ??
      was.attributes.reduce((found, [a, value]) => found ?? one(([el]) => el.localName === was.tag && el.getAttribute(a) === value), null);
  };

  // Similo: Nass, Alégroth, Feldt, Leotta, Ricca, "Similarity-based Web Element Localization for Robust Test Automation",
  // ACM TOSEM 32(3), 2023, table of properties and weights.
  const similo = (el) => {
    const r = el.getBoundingClientRect(), get = (name) => el.getAttribute(name) ?? '';
    const near = new Set();
    for (const other of el.parentElement?.children ?? []) if (other !== el) for (const word of squeeze(other.textContent).toLowerCase().slice(0, 400).split(/\s+/)) if (word) near.add(word);
    return { tag: el.localName, class: get('class'), name: get('name'), id: idOf(el), href: get('href'), alt: get('alt'), xpath: xpath(el), idxpath: idXpath(el),
      button: el.localName === 'button' || (el.localName === 'input' && /^(button|submit|reset)$/.test(el.type)) || (el.localName === 'a' && /btn|button/.test(get('class'))),
      x: r.x, y: r.y + scrollY, area: r.width * r.height, shape: r.width / Math.max(1, r.height), text: squeeze(el.innerText || get('value')).slice(0, 100), near: [...near].slice(0, 60) };
  };
  const distance = (a, b) => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      row = next;
    }
    return row[b.length];
  };
  const edit = (a, b) => { if (!a || !b) return 0; if (a === b) return 1; const x = a.slice(0, 120).toLowerCase(), y = b.slice(0, 120).toLowerCase(); return 1 - distance(x, y) / Math.max(x.length, y.length); };
  const same = (a, b) => (a && b && a.toLowerCase() === b.toLowerCase() ? 1 : 0);
  const ratio = (a, b) => Math.min(a, b) / Math.max(a, b, 1e-9);
  const WEIGHTS = [['tag', 1.5, same], ['class', 0.5, edit], ['name', 1.5, same], ['id', 1.5, same], ['href', 0.5, edit], ['alt', 0.5, edit], ['xpath', 0.5, edit], ['idxpath', 0.5, edit], ['text', 1.5, edit]];
  const similar = (a, b) => {
    let sum = 0, most = 0;
    for (const [key, weight, compare] of WEIGHTS) if (a[key]) { most += weight; sum += weight * compare(a[key], b[key]); }
    sum += 0.5 * (a.button === b.button) + 0.5 * Math.max(0, 1 - Math.hypot(a.x - b.x, a.y - b.y) / 100) + 0.5 * ratio(a.area, b.area) + 0.5 * ratio(a.shape, b.shape);
    most += 2;
    if (a.near.length) { most += 1.5; const words = new Set(b.near); sum += 1.5 * a.near.filter((w) => words.has(w)).length / Math.max(a.near.length, words.size); }
    return [sum, sum / most];
  };

  globalThis.cuaRivals = {
    record: (n, name) => { const el = cua.nodeOf(n); return { selenium: selenium(el), chrome: chrome(el), browserUse: browserUse(el, name), similo: similo(el) }; },
    // `all`: [number, name] of the controls that are shown. The numbers of what each tool finds, 0 for nothing.
    find: (list, all) => {
      const nodes = all.map(([n, name]) => [cua.nodeOf(n), name]).filter(([el]) => el && el.nodeType === 1 && shown(el));
      const now = nodes.map(([el]) => [el, similo(el)]);
      const number = (el) => (el ? cua.idOf(el) : 0);
      return list.map((was) => {
        let best = null, score = -1, share = 0;
        for (const [el, is] of now) { const [s, of] = similar(was.similo, is); if (s > score) { best = el; score = s; share = of; } }
        return { selenium: number(seleniumFind(was.selenium)), chrome: number(chromeFind(was.chrome)), browserUse: number(browserUseFind(was.browserUse, nodes)), similo: number(best), 'similo 0.8': share >= 0.8 ? number(best) : 0 };
      });
    },
  };
})();
