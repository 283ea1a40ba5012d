// Changes a page as its developers would from one release to the next, and takes every change back (drift.py).
// It runs in our world: which node a target has become is kept in a map that no page and no reader can see.
(() => {
  'use strict';
  if (globalThis.cuaDrift) return;

  // ------------------------------------------------------------------------------------------------ chance, by seed

  let state = 1;
  const chance = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const pick = (list) => list[Math.floor(chance() * list.length)];
  const shuffled = (list) => {
    const all = [...list];
    for (let i = all.length - 1; i > 0; i--) { const j = Math.floor(chance() * (i + 1)); [all[i], all[j]] = [all[j], all[i]]; }
    return all;
  };
  const hash = (text) => {
    let h = 2166136261;
    for (const c of text) h = Math.imul(h ^ c.codePointAt(0), 16777619);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  };
  const fresh = () => 'x' + Math.floor(chance() * 1e9).toString(36);

  // ------------------------------------------------------------------------------------------------ what is there

  const SKIPPED = new Set(['script', 'style', 'template', 'noscript', 'link', 'meta', 'head']);
  const roots = () => {
    const found = [document];
    for (let at = 0; at < found.length; at++) for (const el of found[at].querySelectorAll('*')) if (el.shadowRoot) found.push(el.shadowRoot);
    return found;
  };
  const every = () => roots().flatMap((root) => [...(root === document ? document.body : root).querySelectorAll('*')])
    .filter((el) => !SKIPPED.has(el.localName) && !(el instanceof SVGElement && el.localName !== 'svg'));
  const idOf = (el) => el.getAttribute('id') ?? ''; // a form's `id` may be a field of it
  const holdsFrame = (el) => el.localName === 'iframe' || el.querySelector('iframe,frame,object,embed') !== null;

  // ------------------------------------------------------------------------------------------------ texts

  const NAMING = ['aria-label', 'title', 'placeholder', 'alt'];
  const LETTER = /\p{L}/u;
  const unitsIn = (el, deep = true) => {
    const found = [];
    const own = (one) => {
      for (const name of NAMING) if (LETTER.test(one.getAttribute(name) ?? '')) found.push({ get: () => one.getAttribute(name), set: (v) => one.setAttribute(name, v) });
      if (one.localName === 'input' && /^(submit|button|reset)$/.test(one.type) && LETTER.test(one.getAttribute('value') ?? '')) found.push({ get: () => one.getAttribute('value'), set: (v) => one.setAttribute('value', v) });
      if (one.localName === 'textarea' || one.isContentEditable || SKIPPED.has(one.localName)) return;
      for (const node of one.childNodes) if (node.nodeType === 3 && LETTER.test(node.data)) found.push({ get: () => node.data, set: (v) => { node.data = v; } });
    };
    own(el);
    if (deep) for (const one of el.querySelectorAll('*')) own(one);
    return found;
  };
  const labelsOf = (el) => {
    const by = (el.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean).map((id) => el.getRootNode().getElementById?.(id)).filter(Boolean);
    return [...(el.labels ?? []), ...by];
  };
  const namesOf = (el) => [...unitsIn(el, !/^(select|table|ul|form)$/.test(el.localName)), ...labelsOf(el).filter((l) => !l.contains(el)).flatMap((l) => unitsIn(l)),
    ...labelsOf(el).filter((l) => l.contains(el)).flatMap((l) => [...l.childNodes].filter((n) => n.nodeType === 3 && LETTER.test(n.data)).map((n) => ({ get: () => n.data, set: (v) => { n.data = v; } })))];

  const SAME = [['save', 'store'], ['delete', 'remove'], ['add', 'create'], ['new', 'create'], ['search', 'find'], ['edit', 'modify'], ['log in', 'sign in'], ['log out', 'sign out'],
    ['cancel', 'dismiss'], ['submit', 'send'], ['settings', 'preferences'], ['home', 'start'], ['user', 'member'], ['users', 'members'], ['view', 'show'], ['close', 'shut'],
    ['download', 'get'], ['upload', 'attach'], ['next', 'continue'], ['previous', 'back'], ['help', 'support'], ['name', 'title'], ['password', 'passphrase'], ['email', 'mail'],
    ['select', 'choose'], ['all', 'every'], ['change', 'alter'], ['filter', 'narrow'], ['sort', 'order'], ['menu', 'navigation'], ['list', 'overview'], ['page', 'sheet']];
  const MORE = ['now', 'here', 'item', 'entry', 'details', 'this'];
  const OTHER = ['Overview', 'Archive', 'Publish', 'Invoices', 'Reports', 'Continue later', 'Share', 'Preview', 'Compare', 'Assign owner', 'Schedule', 'Team', 'Billing', 'Duplicate', 'Mark as read',
    'Notifications', 'Start trial', 'Shipping', 'Coupons', 'Pin to top', 'Merge', 'Bookmark', 'Feedback', 'Discard', 'Approve', 'Reject', 'Department', 'Nickname', 'Postcode', 'Priority'];
  const NEAR = [(t) => `${t} as draft`, (t) => `${t} all`, (t) => `${t} and close`, (t) => `Another ${t}`, (t) => `Old ${t}`, (t) => `${t} later`];
  const spaced = (text, inner) => text.match(/^\s*/)[0] + inner + text.match(/\s*$/)[0];
  const reword = (text, level) => {
    const t = text.trim();
    if (level === 1) return spaced(text, pick([t.toUpperCase(), `${t}…`, `${t} »`, t === t.toLowerCase() ? t[0].toUpperCase() + t.slice(1) : t.toLowerCase(), `${t}:`]));
    if (level === 2) {
      for (const [one, other] of SAME) {
        const found = new RegExp(`\\b${one}\\b`, 'i');
        if (found.test(t)) return spaced(text, t.replace(found, (w) => (w[0] === w[0].toUpperCase() ? other[0].toUpperCase() + other.slice(1) : other)));
      }
      return spaced(text, `${t} ${pick(MORE)}`);
    }
    return spaced(text, pick(OTHER.filter((o) => o !== t)));
  };
  const GERMAN = { save: 'speichern', delete: 'löschen', add: 'hinzufügen', search: 'suchen', edit: 'bearbeiten', home: 'start', settings: 'einstellungen', close: 'schließen', open: 'öffnen', name: 'name',
    password: 'passwort', user: 'benutzer', users: 'benutzer', cancel: 'abbrechen', new: 'neu', view: 'ansehen', the: 'die', and: 'und', of: 'von', to: 'zu', next: 'weiter', previous: 'zurück', file: 'datei', help: 'hilfe' };
  const SYLLABLES = ['ba', 'ke', 'lo', 'ru', 'mi', 'ten', 'sor', 'va', 'schi', 'nu', 'gra', 'pel', 'do', 'fe', 'zu', 'ker'];
  const foreign = (word) => {
    const low = word.toLowerCase();
    let made = GERMAN[low];
    if (made === undefined) {
      made = '';
      for (let h = hash(low), n = Math.max(1, Math.round(low.length / 2.5)); n > 0; n--, h = Math.imul(h, 2654435761) >>> 0) made += SYLLABLES[(h >>> 9) % SYLLABLES.length];
    }
    return word[0] === word[0].toLowerCase() ? made : made[0].toUpperCase() + made.slice(1);
  };
  const translated = (text) => text.replace(/\p{L}+/gu, foreign);

  // ------------------------------------------------------------------------------------------------ the changes

  let targets = new Map(); // number of the node that was recorded → the node that it is now, null when it is gone
  const become = (old, now) => { for (const [n, node] of targets) if (node === old) targets.set(n, now); };
  const alive = () => [...targets.values()].filter(Boolean);
  const REFERRING = ['for', 'list', 'form', 'headers', 'aria-labelledby', 'aria-controls', 'aria-describedby', 'aria-owns', 'aria-activedescendant', 'aria-flowto', 'aria-details', 'aria-errormessage'];
  let rules = [], decoys = [];

  const renamed = (share) => {
    const names = new Map();
    const as = (kind, name) => {
      const key = kind + name;
      if (!names.has(key)) names.set(key, hash(key + state0) / 4294967296 < share ? 'r' + hash(key).toString(36) : name);
      return names.get(key);
    };
    const all = every();
    for (const el of all) {
      if (idOf(el)) el.setAttribute('id', as('#', idOf(el)));
      const kinds = el.getAttribute('class');
      if (kinds) el.setAttribute('class', kinds.trim().split(/\s+/).map((c) => as('.', c)).join(' '));
    }
    for (const el of all) {
      for (const name of REFERRING) if (el.hasAttribute(name)) el.setAttribute(name, el.getAttribute(name).split(/\s+/).map((id) => names.get('#' + id) ?? id).join(' '));
      const href = el.getAttribute('href');
      if (href?.startsWith('#') && names.has('#' + href.slice(1))) el.setAttribute('href', '#' + names.get('#' + href.slice(1)));
    }
    const restyle = (list) => {
      for (const rule of list) {
        if (rule.selectorText) {
          const old = rule.selectorText;
          const now = old.replace(/([.#])((?:\\.|[\w-]|[^\x00-\x7f])+)/g, (all, kind, name) => {
            const to = names.get(kind + name.replace(/\\(.)/g, '$1'));
            return to === undefined ? all : kind + CSS.escape(to);
          });
          if (now !== old) { rules.push([rule, old]); rule.selectorText = now; }
        }
        if (rule.cssRules) restyle(rule.cssRules);
      }
    };
    for (const root of roots()) for (const sheet of [...root.styleSheets, ...root.adoptedStyleSheets]) try { restyle(sheet.cssRules); } catch { continue; }
  };

  const VOID = /^(input|select|textarea|img|br|hr|video|audio|canvas|svg|iframe)$/, CLOSED = /^(tr|tbody|thead|tfoot|table|ul|ol|dl|select|optgroup|colgroup|svg|picture|menu)$/;
  const wrap = (el) => {
    const parent = el.parentNode;
    if (!parent || el === document.body || el.slot || holdsFrame(el)) return;
    const layer = document.createElement(getComputedStyle(el).display.startsWith('inline') ? 'span' : 'div');
    layer.className = fresh();
    if (CLOSED.test(parent.localName ?? '') || parent.shadowRoot || parent.nodeType === 11) {
      if (VOID.test(el.localName) || CLOSED.test(el.localName) || el.shadowRoot || !el.childNodes.length) return;
      layer.append(...el.childNodes);
      el.append(layer);
    } else {
      parent.insertBefore(layer, el);
      layer.append(el);
    }
  };

  const swap = (el, tag, given = {}, without = []) => {
    if (el.shadowRoot || el.localName.includes('-') || holdsFrame(el) || !el.parentNode) return null;
    const now = document.createElement(tag);
    for (const { name, value } of el.attributes) if (!without.includes(name)) now.setAttribute(name, value);
    for (const [name, value] of Object.entries(given)) now.setAttribute(name, value);
    now.append(...el.childNodes);
    el.replaceWith(now);
    become(el, now);
    return now;
  };
  const swapTarget = (el, level) => {
    const tag = el.localName, role = el.getAttribute('role');
    if (tag === 'button' && !role) return [() => swap(el, 'a', { role: 'button', tabindex: '0' }, ['type']), () => swap(el, 'div', { role: 'button', tabindex: '0' }, ['type']), () => swap(el, 'a', { href: '#' }, ['type'])][level - 1]();
    if (tag === 'a' && el.hasAttribute('href') && !role) return [() => swap(el, 'span', { role: 'link', tabindex: '0' }, ['href']), () => swap(el, 'a', { role: 'button' }), () => swap(el, 'button', { type: 'button' }, ['href'])][level - 1]();
    if (tag === 'input' && /^(submit|button|reset)$/.test(el.type)) { const now = swap(el, 'button', {}, ['value']); if (now) now.textContent = el.value; return now; }
    if (tag === 'input' && /^(text|email|url|tel|search)$/.test(el.type)) return level < 3 ? swap(el, 'textarea', { rows: '1' }, ['type', 'value']) : swap(el, 'input', { type: el.type === 'search' ? 'text' : 'search' });
    if (tag === 'input' && el.type === 'checkbox') return swap(el, 'input', { role: 'switch' });
    if (role && /^(div|span|li|a|button)$/.test(tag)) return swap(el, pick(['div', 'span'].filter((t) => t !== tag)), { tabindex: '0' }, ['href', 'type']);
    return null;
  };
  const BLOCKS = { section: 'div', article: 'div', aside: 'div', header: 'div', footer: 'div', nav: 'div', h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', p: 'div', strong: 'b', em: 'i', fieldset: 'div' };

  const movable = (parent) => {
    if (/^(select|svg|tr|head|picture|details|colgroup)$/.test(parent.localName) || parent.shadowRoot) return [];
    if ([...parent.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) return [];
    return [...parent.children].filter((el) => !/^(br|hr|script|style|template|legend|caption|summary)$/.test(el.localName));
  };
  const permute = (items, order) => {
    const places = items.map((el) => { const place = document.createComment(''); el.replaceWith(place); return place; });
    places.forEach((place, at) => place.replaceWith(order[at]));
  };
  const reorder = (level) => {
    for (const parent of every()) {
      const items = movable(parent);
      if (items.length < 2 || items.some(holdsFrame)) continue;
      const alike = items.every((el) => el.localName === items[0].localName) && !/^(input|select|textarea|label|dt|dd|td|th|slot)$/.test(items[0].localName);
      const blocks = level === 3 && items.every((el) => /^(div|section|article|nav|header|main|footer|aside|form|ul|fieldset)$/.test(el.localName));
      if ((!alike && !blocks) || chance() > [0.25, 0.5, 0.9][level - 1]) continue;
      if (level === 1) { const at = Math.floor(chance() * (items.length - 1)); permute([items[at], items[at + 1]], [items[at + 1], items[at]]); } else permute(items, shuffled(items));
    }
  };

  const TESTIDS = ['data-testid', 'data-test-id', 'data-test', 'data-cy', 'data-qa'];
  const strip = (level) => {
    const all = every();
    const referred = new Set(all.flatMap((el) => REFERRING.flatMap((name) => (el.getAttribute(name) ?? '').split(/\s+/))));
    for (const el of all) {
      for (const { name } of [...el.attributes]) {
        const gone = TESTIDS.includes(name) || name === 'autocomplete' || (name === 'title' && (el.textContent.trim() || el.hasAttribute('aria-label'))) ||
          (level >= 2 && ((name === 'id' && !referred.has(idOf(el))) || name === 'name' || (name.startsWith('data-') && level === 3))) ||
          (level === 3 && (name === 'id' || name === 'for' || name === 'placeholder' || (name === 'action' && el.localName === 'form')));
        if (gone && (level > 1 || chance() < 0.7)) el.removeAttribute(name);
      }
    }
  };

  const THEMES = ['*{font-family:serif!important} body{background:#222;color:#eee} a,button,input{padding:4px 9px!important;border-radius:9px!important}',
    'body{zoom:1.25;letter-spacing:.4px} *{border-radius:0!important} button,a,input,select{margin:3px!important;font-size:17px!important}',
    'body{zoom:.8;text-transform:uppercase;line-height:2.1} *{font-family:monospace!important} button,input,select,li{margin:7px!important;padding:8px!important;font-weight:700!important}'];
  const sheet = (text) => { const el = document.createElement('style'); el.textContent = text; document.head.append(el); };
  const make = (tag, text, attributes = {}) => { const el = document.createElement(tag); el.textContent = text; for (const [k, v] of Object.entries(attributes)) el.setAttribute(k, v); return el; };
  const bar = (words, tag) => { const box = make('div', '', { class: fresh() }); box.append(make('p', 'A new look is on its way: tell us what you think')); for (const w of words) box.append(make(tag, w, tag === 'a' ? { href: '/' + fresh() } : { type: 'button' })); return box; };
  const layout = (level) => {
    document.body.prepend(bar(['Dismiss', 'Learn more'], 'button'));
    const blocks = every().filter((el) => /^(div|section|main|form|ul|nav)$/.test(el.localName) && movable(el).length > 1);
    if (blocks.length) { const at = pick(blocks); if (at.localName !== 'ul') at.insertBefore(bar(['Join the beta'], 'a'), pick([...at.children])); }
    if (level === 1) return;
    for (const el of blocks) {
      const items = movable(el);
      if (items.some(holdsFrame)) continue;
      const style = getComputedStyle(el);
      if (style.display === 'flex' && chance() < 0.5) el.style.flexDirection = style.flexDirection.startsWith('row') ? 'row-reverse' : 'column-reverse';
      else if (chance() < 0.2 && new Set(items.map((i) => i.localName)).size > 1 && items.every((i) => !/^(input|label|select|dt|dd)$/.test(i.localName))) permute(items, [...items].reverse());
    }
    if (level === 2) return;
    for (const el of blocks) if (el.children.length > 2 && chance() < 0.3 && getComputedStyle(el).display === 'block') { el.style.display = 'grid'; el.style.gridTemplateColumns = '1fr 1fr'; }
    const head = document.querySelector('header,[role=banner],#header');
    if (head && !holdsFrame(head)) head.parentNode.append(head);
    document.body.append(bar(shuffled(OTHER).slice(0, 5), 'button'));
  };

  const ROW = 'tr,li,[role=row],[role=listitem],article,fieldset,[role=option],[role=treeitem]';
  const detached = (el) => { for (const one of [el, ...el.querySelectorAll('*')]) for (const name of ['id', 'name', ...TESTIDS]) one.removeAttribute(name); };
  const otherwise = (url) => { const other = url.replace(/[\w-]+(?=\/?(?:[?#].*)?$)/, fresh()); return other === url ? `${url.replace(/[?#].*/, '')}${fresh()}` : other; };
  const beside = (copy, el) => { if (chance() < 0.5 && !el.closest('label') && !el.labels?.length) el.before(copy); else el.after(copy); }; // a label is that of its first field
  // Parts of components are made by their component: a copy of one is none.
  const made = (el) => { for (let at = el; at; at = at.parentElement) if (at.localName.includes('-')) return true; return el.getRootNode() !== document; };
  const duplicate = (el, level) => {
    if (made(el)) return false;
    const row = level === 1 ? el.closest(ROW) : null;
    const whole = row && row !== el && !holdsFrame(row) ? row : el;
    const copy = whole.cloneNode(true);
    copy.removeAttribute('checked');
    for (const one of copy.querySelectorAll('[checked]')) one.removeAttribute('checked');
    if (level < 3) detached(copy);
    if (level === 1) {
      const mine = new Set(namesOf(el).map((u) => u.get()));
      for (const unit of unitsIn(copy)) if (whole === el || !mine.has(unit.get())) unit.set(whole === el ? reword(unit.get(), 3) : translated(unit.get() + ' ' + fresh()));
      for (const link of [copy, ...copy.querySelectorAll('[href]')]) if (link.getAttribute('href')) link.setAttribute('href', otherwise(link.getAttribute('href')));
    }
    beside(copy, whole);
    return true;
  };
  const remove = (el, level) => {
    if (made(el)) return false;
    if (level > 1) for (const label of labelsOf(el)) if (!label.contains(el)) label.remove();
    const row = level === 3 ? (el.closest(ROW) ?? el.parentElement) : el;
    const whole = row && row !== document.body && row.querySelectorAll('*').length * 3 < document.body.querySelectorAll('*').length ? row : el;
    for (const [n, node] of targets) if (node && (whole === node || whole.contains(node))) targets.set(n, null);
    whole.remove();
    return true;
  };
  const decoy = (el, level) => {
    if (made(el)) return false;
    const copy = el.cloneNode(true), old = idOf(el);
    for (const one of [copy, ...copy.querySelectorAll('*')]) {
      for (const name of ['id', 'name', 'for', 'onclick', 'value', 'autocomplete', ...TESTIDS]) if (one.hasAttribute(name) && !(name === 'value' && /^(submit|button|reset)$/.test(one.type))) { if (level > 1 && (name === 'id' || name === 'name')) one.setAttribute(name, fresh()); else one.removeAttribute(name); }
      if (one.hasAttribute('href')) one.setAttribute('href', otherwise(one.getAttribute('href')));
      if (level === 1 && one === copy) one.removeAttribute('class');
    }
    const labels = labelsOf(el).filter((l) => !l.contains(el));
    el.replaceWith(copy);
    become(el, null);
    if (idOf(copy)) for (const label of labels) if (old && label.htmlFor === old) label.htmlFor = idOf(copy);
    const units = namesOf(copy);
    for (const label of labels) units.push(...unitsIn(label));
    const phrase = units.length ? units[0].get().trim() : '';
    const said = level === 3 && phrase ? pick(NEAR)(phrase) : pick(OTHER.filter((o) => o.toLowerCase() !== phrase.toLowerCase()));
    if (units.length) for (const unit of units) unit.set(spaced(unit.get(), said)); else copy.setAttribute('aria-label', said);
    decoys.push(cua.idOf(copy));
    return true;
  };

  // ------------------------------------------------------------------------------------------------ one change, and back

  const each = (share, change) => { for (const el of every()) if (chance() < share) change(el); };
  const others = (share, level) => {
    const known = new Map();
    for (const el of every()) for (const unit of unitsIn(el, false)) {
      const text = unit.get();
      if (!known.has(text)) known.set(text, hash(text + state0) / 4294967296 < share ? reword(text, level) : text);
      if (known.get(text) !== text) unit.set(known.get(text));
    }
  };
  const translate = (share) => { for (const el of every()) for (const unit of unitsIn(el, false)) { const t = unit.get(); if (hash(t.trim() + state0) / 4294967296 < share) unit.set(translated(t)); } document.documentElement.lang = 'de'; };
  let state0 = 1;
  const KINDS = {
    ids: (level) => renamed([0.3, 0.7, 1][level - 1]),
    text: (level, chosen) => { for (const el of chosen) for (const unit of namesOf(el)) unit.set(reword(unit.get(), level)); others([0.05, 0.1, 0.15][level - 1], level); },
    translate: (level) => translate([0.4, 0.75, 1][level - 1]),
    reorder: (level) => reorder(level),
    wrap: (level) => { for (let n = 0; n < level; n++) for (const el of alive()) wrap(el); each([0, 0.1, 0.25][level - 1], wrap); },
    tags: (level) => { for (const el of alive()) swapTarget(el, level); if (level > 1) each(level === 2 ? 0.4 : 1, (el) => { if (BLOCKS[el.localName]) swap(el, BLOCKS[el.localName]); }); },
    attributes: (level) => strip(level),
    theme: (level) => sheet(THEMES[level - 1]),
    layout: (level) => layout(level),
    combined: (level) => {
      renamed([0.3, 0.7, 1][level - 1]);
      others([0.05, 0.1, 0.2][level - 1], Math.min(level, 2));
      translate([0.03, 0.06, 0.12][level - 1]);
      if (level > 1) strip(level - 1);
      for (const el of alive()) if (chance() < [0.1, 0.2, 0.4][level - 1]) swapTarget(el, level);
      for (const el of alive()) wrap(el);
      each([0.02, 0.05, 0.1][level - 1], wrap);
      reorder(level);
      layout(level);
      sheet(THEMES[level - 1]);
    },
    duplicate: (level, chosen) => chosen.map((el) => duplicate(el, level)),
    remove: (level, chosen) => chosen.map((el) => remove(el, level)),
    decoy: (level, chosen) => chosen.map((el) => decoy(el, level)),
    nothing: () => {},
  };

  let records = [];
  globalThis.cuaDrift = {
    kinds: Object.keys(KINDS),
    // [number of each target then, number of its node now or 0], and the numbers that the change was made to;
    // of decoys those of the nodes that stand there now, in the same order.
    mutate: (kind, level, seed, all, chosen) => {
      decoys = [];
      state = state0 = hash(`${kind} ${level} ${seed}`);
      targets = new Map(all.map((n) => [n, cua.nodeOf(n)]));
      const watching = new MutationObserver(() => {});
      for (const root of roots()) watching.observe(root, { subtree: true, childList: true, attributes: true, attributeOldValue: true, characterData: true, characterDataOldValue: true });
      const meant = [];
      for (const n of chosen) {
        const el = targets.get(n);
        if (el && !meant.some((m) => targets.get(m)?.contains(el) || el.contains(targets.get(m)))) meant.push(n);
      }
      let done = meant;
      try {
        const made = KINDS[kind](level, meant.map((n) => targets.get(n)));
        if (Array.isArray(made)) done = meant.filter((_, at) => made[at]);
      } finally {
        records = watching.takeRecords();
        watching.disconnect();
      }
      return [[...targets].map(([n, node]) => [n, node?.isConnected ? cua.idOf(node) : 0]), done, decoys];
    },
    undo: () => {
      for (const record of records.reverse()) {
        if (record.type === 'attributes') {
          if (record.oldValue === null) record.target.removeAttributeNS(record.attributeNamespace, record.attributeName);
          else record.target.setAttributeNS(record.attributeNamespace, record.attributeName, record.oldValue);
        } else if (record.type === 'characterData') record.target.data = record.oldValue;
        else {
          for (const node of record.addedNodes) if (node.parentNode === record.target) record.target.removeChild(node);
          for (const node of record.removedNodes) record.target.insertBefore(node, record.nextSibling?.parentNode === record.target ? record.nextSibling : null);
        }
      }
      records = [];
      for (const [rule, old] of rules.reverse()) rule.selectorText = old;
      rules = [];
    },
  };
})();
