// Roles, names, values and states of one element (WAI-ARIA, accname, HTML-AAM).

  // ------------------------------------------------------------------------------------------------ roles and states

  const STATES = ['checked', 'mixed', 'selected', 'pressed', 'expanded', 'collapsed', 'disabled', 'focused', 'required',
    'invalid', 'readonly', 'editable', 'multiline', 'multiselectable', 'modal', 'busy', 'current', 'haspopup', 'password',
    'hidden', 'offscreen', 'covered', 'listens', 'renamed'];
  const S = {};
  STATES.forEach((name, i) => { S[name] = 1 << i; });
  const set = (words) => new Set(words.split(' '));
  const ROLES = set('alert alertdialog application article banner blockquote button caption cell checkbox code columnheader ' +
    'combobox comment complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid ' +
    'gridcell group heading img image insertion link list listbox listitem log main mark marquee math menu menubar menuitem ' +
    'menuitemcheckbox menuitemradio meter navigation note option paragraph progressbar radio radiogroup region row rowgroup ' +
    'rowheader scrollbar search searchbox separator slider spinbutton status strong subscript suggestion superscript switch tab table ' +
    'tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem none presentation');
  const DROPPED = set('blockquote caption code comment definition deletion emphasis figure generic insertion mark none paragraph ' +
    'presentation rowgroup separator strong subscript suggestion superscript term time');
  // Roles of other vocabularies (DPUB-ARIA, Graphics-ARIA) → the ARIA role they are a kind of.
  const KINDS = { image: 'img', 'doc-backlink': 'link', 'doc-biblioref': 'link', 'doc-glossref': 'link', 'doc-noteref': 'link',
    'doc-cover': 'img', 'graphics-symbol': 'img', 'graphics-document': 'document', 'doc-pagebreak': 'separator', 'doc-subtitle': 'heading',
    'doc-toc': 'navigation', 'doc-index': 'navigation', 'doc-pagelist': 'navigation', 'doc-tip': 'note', 'doc-notice': 'note' };
  const FROM_CONTENT = set('button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio ' +
    'option radio row rowheader switch tab tooltip treeitem');
  const INTERACTIVE = set('button checkbox combobox link listbox menuitem menuitemcheckbox menuitemradio option radio ' +
    'scrollbar searchbox slider spinbutton switch tab textbox treeitem');
  const SKIPPED = set('script style template noscript head meta link title base param source track datalist');
  const TEXTUAL = set('text search email url tel number password');
  const INPUT_ROLES = { button: 'button', submit: 'button', reset: 'button', image: 'button', file: 'button',
    checkbox: 'checkbox', radio: 'radio', range: 'slider', number: 'spinbutton', search: 'searchbox' };
  const TAG_ROLES = { a: 'link', area: 'link', article: 'article', aside: 'complementary', audio: 'audio', button: 'button', canvas: 'img',
    details: 'group', dialog: 'dialog', embed: 'img', fieldset: 'group', form: 'form', frame: 'iframe', h1: 'heading',
    h2: 'heading', h3: 'heading', h4: 'heading', h5: 'heading', h6: 'heading', hr: 'separator', iframe: 'iframe', img: 'img', li: 'listitem',
    main: 'main', menu: 'list', meter: 'meter', nav: 'navigation', object: 'img', ol: 'list', optgroup: 'group',
    option: 'option', output: 'status', progress: 'progressbar', search: 'search', summary: 'button', svg: 'img',
    table: 'table', textarea: 'textbox', ul: 'list', video: 'video' };

  const headerRole = (el) => {
    const scope = attr(el, 'scope');
    if (scope === 'row' || scope === 'rowgroup') return 'rowheader';
    if (scope === 'col' || scope === 'colgroup') return 'columnheader';
    const row = parentNodeOf(el);
    if (!row || row.localName !== 'tr') return 'columnheader';
    if (row.parentNode?.localName === 'thead') return 'columnheader';
    for (let c = row.firstElementChild; c; c = c.nextElementSibling) if (c.localName === 'td') return 'rowheader';
    return 'columnheader';
  };
  const tagRole = (el, tag) => {
    switch (tag) {
      case 'a': case 'area': return el.hasAttribute('href') || el.hasAttribute('xlink:href') ? 'link' : '';
      case 'input': {
        const type = el.type;
        const plain = INPUT_ROLES[type] === undefined || type === 'search';
        if (plain && type !== 'password' && el.hasAttribute('list') && el.list) return 'combobox';
        return INPUT_ROLES[type] ?? 'textbox';
      }
      case 'select': return (el.multiple ? el.size !== 1 : el.size > 1) ? 'listbox' : 'combobox';
      case 'tr': case 'th': case 'td': {
        const table = closest(el, 'table');
        const kind = table && attr(table, 'role');
        if (kind === 'none' || kind === 'presentation') return '';
        return tag === 'tr' ? 'row' : tag === 'th' ? headerRole(el) : kind === 'grid' || kind === 'treegrid' ? 'gridcell' : 'cell';
      }
      case 'header': case 'footer':
        return closest(el, 'article,aside,main,nav,section') ? '' : tag === 'header' ? 'banner' : 'contentinfo';
      case 'section': return el.hasAttribute('aria-label') || el.hasAttribute('aria-labelledby') ? 'region' : '';
      case 'summary': return parentNodeOf(el)?.localName === 'details' ? 'button' : '';
      case 'svg': return el.hasAttribute('aria-label') || el.hasAttribute('aria-labelledby') || child(el, 'title') ? 'img' : '';
      case 'img': return attr(el, 'alt') === '' && !el.hasAttribute('aria-label') && !el.hasAttribute('title') ? '' : 'img';
      default: return TAG_ROLES[tag] ?? '';
    }
  };
  // The first token that is a role (ARIA 1.2, 5.3.4). A stop of the Tab key and what has a name are never presentational
  // (conflict resolution, 7.2.1); roles that only say what a text is come to nothing.
  const roleOf = (el, tag, explicit) => {
    if (explicit) {
      for (const said of explicit.toLowerCase().split(/\s+/)) {
        const token = KINDS[said] ?? said;
        if (token === 'none' || token === 'presentation') {
          if (el.tabIndex >= 0 || el.hasAttribute('aria-label') || el.hasAttribute('aria-labelledby')) break;
          return token;
        }
        if (token === 'separator') return token;
        if (ROLES.has(token)) return DROPPED.has(token) ? '' : token;
      }
    }
    return tagRole(el, tag);
  };

  // --------------------------------------------------------------------------------------------------------- names

  const attributed = call(Element.prototype.hasAttributes);
  const squeeze = (text) => text.replace(/[\u200b\u200c\u200d\ufeff\ue000-\uf8ff]/g, '').replace(/\s+/g, ' ').trim();
  const CUT = /^(inset\((50|[6-9]\d|100)%|circle\(0|polygon\(0px 0px, 0px 0px)/;
  const INLINE = /^(inline|ruby|contents)/;
  const JOINED = /^(inline|contents|ruby.*)$/;

  // ---- what style sheets write: the text of ::before and ::after, or the alternative text that they give

  const TOKEN = /"((?:[^"\\]|\\[^])*)"|\b(open|close)-quote\b|[\w-]+\([^)]*\)|\//g;
  const generatedText = (el, which) => {
    const style = styleOf(el, which);
    const content = style.content;
    if (content === 'none' || content === 'normal' || style.display === 'none' || style.visibility !== 'visible') return '';
    let text = '', apart = style.position === 'absolute' || style.float !== 'none' || !JOINED.test(style.display);
    for (const [token, string, quote] of content.matchAll(TOKEN)) {
      if (token === '/') { text = ''; apart = true; }
      else if (string !== undefined) text += string.replace(/\\(.)/g, '$1');
      else if (quote) text += quote === 'open' ? '“' : '”';
    }
    return apart ? ` ${text} ` : text;
  };
  // Asking every element for its ::before and ::after costs as much as all the rest: the selectors of the rules that make
  // them are kept, by sheet and its number of rules. `null` where they cannot be told: then every element is asked.
  const MANY = 60;
  const generating = new WeakMap();
  const PSEUDO = /:(before|after)\b/;
  // The parts of a list of selectors: commas within brackets and quotes part nothing.
  const LISTED = /(?:[^,("'[]|\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]|"[^"]*"|'[^']*')+/g;
  // False where this element alone cannot answer: nested rules, selectors that look at the shadow host or a scope.
  const collect = (rules, into) => {
    for (const rule of rules) {
      const selector = rule.selectorText;
      if (selector === undefined) {
        let inner;
        try { inner = rule.cssRules ?? rule.styleSheet?.cssRules; } catch { return false; }
        if (inner && !collect(inner, into)) return false;
        continue;
      }
      if (rule.cssRules?.length && PSEUDO.test(rule.cssText)) return false;
      if (!PSEUDO.test(selector) || rule.style.content === '') continue;
      if (/&|:host|:scope|::slotted|::part/.test(selector)) return false;
      for (const part of selector.match(LISTED)) {
        const own = part.trim().replace(/::?(before|after)$/, '');
        if (own !== part.trim()) into.add(own === '' || /[\s>+~]$/.test(own) ? `${own}*` : own);
      }
    }
    return into.size <= MANY;
  };
  const selectorsOf = (sheet) => {
    let rules;
    try { rules = sheet.cssRules; } catch { return null; }
    let known = generating.get(sheet);
    if (known === undefined || known[0] !== rules.length) {
      const into = new Set();
      generating.set(sheet, known = [rules.length, collect(rules, into) ? Array.from(into).join(',') : null]);
    }
    return known[1];
  };
  // What generates content under this root: false (nothing), a selector, or true (it cannot be told, or too many do).
  const generates = (root) => {
    if (!root.styleSheets) return false;
    const found = [];
    for (const sheets of [root.styleSheets, root.adoptedStyleSheets]) {
      for (let i = 0; i < sheets.length; i++) {
        const selector = selectorsOf(sheets[i]);
        if (selector === null) return true;
        if (selector) found.push(selector);
      }
    }
    return found.length ? found.join(',') : false;
  };
  const decorated = (node, by) => {
    if (typeof by !== 'string') return by;
    try { return matches(node, by); } catch { return true; }
  };

  // ---- the text alternative of a subtree (accname 1.2, step 2)

  const NO_FALLBACK = set('audio canvas embed frame iframe object rp rt video');
  const MEASURES = set('slider spinbutton progressbar meter scrollbar');
  const FIELDS = set('input textarea select combobox listbox textbox searchbox slider spinbutton');
  const BRANCHES = set('group menu menubar tree treeitem');
  const embeddedRole = (node, tag) => attr(node, 'role')?.trim().toLowerCase() ?? (tag === 'progress' ? 'progressbar' : tag);

  // The value that a control shows, where it stands within a name (step 2C); null where that is no matter of values.
  const embedded = (node, tag) => {
    if (tag === 'input') {
      const type = node.type;
      if (type === 'range' || (TEXTUAL.has(type) && type !== 'password')) return node.value || null;
      return null;
    }
    if (tag === 'textarea') return node.value || null;
    if (tag === 'select') return Array.from(node.selectedOptions, (o) => o.label).join(' ') || null;
    const role = embeddedRole(node, tag);
    if (MEASURES.has(role)) return attr(node, 'aria-valuetext') ?? attr(node, 'aria-valuenow') ?? (tag === 'meter' || node.position >= 0 ? String(node.value) : null);
    if (role !== 'listbox') return null;
    const chosen = Array.from(queryAll(node, '[aria-selected="true"]'));
    return chosen.map((option) => squeeze(textOf(option, null, false))).join(' ');
  };
  // What markup says in place of the content (steps 2D and 2E); null where the content counts.
  const nativeText = (node, tag) => {
    switch (tag) {
      case 'img': case 'area': return attr(node, 'alt') ?? attr(node, 'title') ?? '';
      case 'input': {
        const type = node.type;
        if (type === 'image') return attr(node, 'alt') ?? attr(node, 'value') ?? attr(node, 'title') ?? '';
        return type === 'submit' || type === 'reset' || type === 'button' ? attr(node, 'value') ?? BUTTON_VALUE[type] ?? '' : attr(node, 'title') ?? '';
      }
      case 'textarea': case 'select': return attr(node, 'title') ?? '';
      case 'svg': { const title = child(node, 'title'); return title ? title.textContent : null; }
      default: return NO_FALLBACK.has(tag) ? attr(node, 'title') ?? '' : null;
    }
  };
  // `t`: skip (the control that this text labels), hiddenToo (what is referred to is hidden: all of it counts), referred
  // (aria-labelledby is not followed twice), branch (the root is a treeitem or menuitem: those below it are not its name),
  // plain (the root has no role: fields in it are named by themselves), left (how many elements are still looked into).
  const gather = (node, t, depth, seen, generate) => {
    if (node.nodeType === 3) return seen ? node.data : '';
    if (node.nodeType !== 1 || node === t.skip || depth > 60 || --t.left < 0) return '';
    const tag = node.localName;
    if (SKIPPED.has(tag)) return '';
    const known = depth && !t.hiddenToo && !t.skip && !t.branch && !t.plain ? told.get(node) : undefined;
    if (known !== undefined && attr(node, 'aria-hidden') !== 'true') {
      return tag === 'td' || tag === 'th' || !JOINED.test(styleOf(node).display) ? ` ${known} ` : known;
    }
    const style = styleOf(node);
    const display = style.display;
    let visible = true;
    if (!t.hiddenToo) {
      if (display === 'none') return '';
      visible = style.visibility === 'visible';
    }
    if (tag === 'br') return ' ';
    let text = null, apart = !JOINED.test(display);
    if (depth || t.referred) {
      if (depth && attributed(node)) {
        if (!t.hiddenToo && attr(node, 'aria-hidden') === 'true') return '';
        if (t.branch && BRANCHES.has(attr(node, 'role'))) return '';
        if (t.plain && FIELDS.has(embeddedRole(node, tag)) && !(tag === 'input' && nativeText(node, tag))) return '';
        const by = t.referred ? null : attr(node, 'aria-labelledby');
        if (by) text = squeeze(refs(node, by).map((other) => referredText(other)).join(' ')) || null;
      }
      text ??= embedded(node, tag);
      if (text === null) { const label = attr(node, 'aria-label'); if (label && label.trim()) text = label; }
      text ??= nativeText(node, tag);
      if (text !== null) apart = true;
    }
    if (text === null) {
      text = contents(node, tag, t, depth, visible, generate);
      if (depth && !/\S/.test(text)) { const title = attr(node, 'title'); if (title) text = ` ${title} `; }
    }
    return apart ? ` ${text} ` : text;
  };
  const widest = (generate, root) => generate === true || generates(root) !== false;
  const contents = (node, tag, t, depth, visible, generate) => {
    const dressed = visible && (tag === 'q' || (generate !== false && decorated(node, generate)));
    let out = dressed ? generatedText(node, '::before') : '';
    const host = rootUnder(node);
    if (tag === 'details' && !node.open) { const summary = child(node, 'summary'); return out + (summary ? gather(summary, t, depth + 1, visible, generate) : ''); }
    if (node.namespaceURI === SVG) {
      const title = child(tag === 'use' ? used(node) ?? node : node, 'title');
      if (title) return ` ${title.textContent} `;
    }
    const assigned = tag === 'slot' ? node.assignedNodes() : null;
    if (assigned?.length) for (const kid of assigned) out += gather(kid, t, depth + 1, visible, widest(generate, rootOf(kid)));
    else if (host) {
      const inner = widest(generate, host);
      for (let kid = firstChildOf(host); kid; kid = nextSiblingOf(kid)) out += gather(kid, t, depth + 1, visible, inner);
    } else for (let kid = firstChildOf(node); kid; kid = nextSiblingOf(kid)) out += gather(kid, t, depth + 1, visible, generate);
    const owned = depth < 8 ? attr(node, 'aria-owns') : null;
    if (owned) for (const other of refs(node, owned)) if (!contains(other, node)) out += gather(other, t, depth + 1, visible, generate);
    return dressed ? out + generatedText(node, '::after') : out;
  };
  const SVG = 'http://www.w3.org/2000/svg';
  const used = (node) => { const to = attr(node, 'href') ?? attr(node, 'xlink:href'); return to?.startsWith('#') ? byId(rootOf(node), to.slice(1)) : null; };

  // The text of a subtree that is referred to from elsewhere (labels, legend, caption).
  const textOf = (node, skip, hiddenToo) =>
    gather(node, { skip, hiddenToo, referred: false, branch: false, plain: false, left: ALL }, 0, true, node.nodeType === 1 && generates(rootOf(node)));
  // What aria-labelledby makes of the element it names, hidden or not.
  const referredText = (other) =>
    gather(other, { skip: null, hiddenToo: !shown(other), referred: true, branch: false, plain: false, left: ALL }, 0, true, generates(rootOf(other)));
  // What only scripts make clickable and holds more elements than this is a place where they listen for what is in it.
  const ONE_THING = 60, ALL = Infinity;
  // What has been gathered, for the row around the cell around the button: good as long as nothing else can run.
  const told = new Map();
  const tell = (el, text) => {
    if (told.size === 0) queueMicrotask(() => told.clear());
    told.set(el, text);
  };
  const textContentOf = getter(Node.prototype, 'textContent');
  // The name of an element whose role takes it from the content, where nothing else says one.
  const contentName = (el, tag, role, a) => {
    const branch = role === 'treeitem' || role.startsWith('menuitem'), plain = role === 'generic';
    const generate = generates(rootOf(el));
    const bare = firstElementOf(el) === null && shadowRootOf(el) === null && tag !== 'slot' && (generate === false || !decorated(el, generate)) && !el.hasAttribute('aria-owns');
    const t = { skip: null, hiddenToo: false, referred: false, branch, plain, left: plain ? ONE_THING : ALL };
    const text = bare ? textContentOf(el) : gather(el, t, 0, true, generate);
    if (t.left < 0) return lastName(a, role);
    if (!branch && !plain && /\S/.test(text)) tell(el, text);
    return squeeze(text) || lastName(a, role);
  };
  const namedByContent = (tag, role) => FROM_CONTENT.has(role) || role === 'generic' || tag === 'summary';
  const shown = (el) => el.checkVisibility ? Element.prototype.checkVisibility.call(el, { visibilityProperty: true }) : true;

  let labels = new Map();
  const labelRoots = new Set();
  const mapLabels = (root) => {
    if (labelRoots.has(root)) return;
    labelRoots.add(root);
    for (const label of queryAll(root, 'label')) {
      const control = label.control;
      if (!control) continue;
      const known = labels.get(control);
      if (known) known.push(label); else labels.set(control, [label]);
    }
  };
  const labelsOf = (el) => { mapLabels(rootOf(el)); return labels.get(el) ?? []; };
  const labelText = (el) => squeeze(labelsOf(el).map((l) => attr(l, 'aria-label')?.trim() || textOf(l, el, !shown(l))).join(' '));
  const refs = (el, value) => {
    const root = rootOf(el);
    const out = [];
    for (const id of value.split(/\s+/)) { const other = id && byId(root, id); if (other) out.push(other); }
    return out;
  };
  const firstElementOf = getter(Element.prototype, 'firstElementChild');
  const child = (el, tag) => {
    for (let c = firstElementOf(el); c; c = c.nextElementSibling) if (c.localName === tag) return c;
    return null;
  };
  const BUTTON_VALUE = { submit: 'Submit', reset: 'Reset' };

  // Everything but the content: [name, where it comes from] or null. `a` holds the attributes met on the way.
  const statedName = (el, tag, role, a) => {
    if (a.labelledby) {
      const text = squeeze(refs(el, a.labelledby).map((other) => referredText(other)).join(' '));
      if (text) return [text, 'labelledby'];
    }
    if (a.label) { const text = squeeze(a.label); if (text) return [text, 'aria']; }
    switch (tag) {
      case 'input': {
        const type = el.type;
        const text = labelText(el);
        if (text) return [text, 'label'];
        if (type === 'submit' || type === 'reset' || type === 'button') {
          const value = squeeze(attr(el, 'value') ?? BUTTON_VALUE[type] ?? '');
          if (value) return [value, 'value'];
        }
        if (type === 'image') return [squeeze(attr(el, 'alt') || attr(el, 'title') || 'Submit'), 'alt'];
        if (type === 'file' && !a.title) return [el.multiple ? 'Choose Files' : 'Choose File', 'value'];
        break;
      }
      case 'select': case 'textarea': case 'meter': case 'progress': case 'output': {
        const text = labelText(el);
        if (text) return [text, 'label'];
        break;
      }
      case 'button': { const text = labels.size || labelRoots.size ? labelText(el) : ''; if (text) return [text, 'label']; break; }
      case 'img': case 'area': { const text = squeeze(attr(el, 'alt') ?? ''); if (text) return [text, 'alt']; break; }
      case 'fieldset': { const l = child(el, 'legend'); if (l) return [squeeze(textOf(l, null, false)), 'legend']; break; }
      case 'table': { const c = child(el, 'caption'); if (c) return [squeeze(textOf(c, null, false)), 'caption']; break; }
      case 'details': { const s = child(el, 'summary'); if (s) return [squeeze(textOf(s, null, false)), 'summary']; break; }
      case 'svg': { const t = child(el, 'title'); if (t) return [squeeze(t.textContent), 'title']; break; }
      case 'optgroup': return [squeeze(attr(el, 'label') ?? ''), 'label'];
      default: if (tag.includes('-')) { const text = labelText(el); if (text) return [text, 'label']; }
    }
    return null;
  };
  const lastName = (a, role) => {
    if (a.title) { const text = squeeze(a.title); if (text) return text; }
    if (a.placeholder && (role === 'textbox' || role === 'searchbox' || role === 'combobox' || role === 'spinbutton')) {
      return squeeze(a.placeholder);
    }
    const held = a.states?.find(([key]) => key === 'aria-placeholder');
    return held ? squeeze(held[1]) : '';
  };

  // -------------------------------------------------------------------------------------------------------- values

  const valueOf = (el, tag, role, a) => {
    switch (tag) {
      case 'input':
        switch (el.type) {
          case 'checkbox': case 'radio': case 'submit': case 'button': case 'reset': case 'image': return null;
          case 'password': return '•'.repeat(el.value.length);
          case 'file': return Array.from(el.files, (f) => f.name).join('\n');
          default: return el.value;
        }
      case 'textarea': return el.value;
      case 'select': return Array.from(el.selectedOptions, (o) => squeeze(o.label)).join('\n');
      case 'progress': return el.position < 0 ? null : String(el.value);
      case 'meter': return String(el.value);
      default:
    }
    if (a.valuetext != null) return a.valuetext;
    if (a.valuenow != null && (role === 'slider' || role === 'spinbutton' || role === 'progressbar' || role === 'meter' ||
        role === 'scrollbar')) return a.valuenow;
    return null;
  };

  const ON = set('true page step location date time');
  const statesOf = (el, tag, role, a, focus) => {
    let m = 0;
    if (tag === 'input') {
      const type = el.type;
      if (type === 'checkbox' || type === 'radio') {
        if (el.indeterminate) m |= S.mixed; else if (el.checked) m |= S.checked;
      } else if (type === 'password') m |= S.password;
      if (TEXTUAL.has(type) || INPUT_ROLES[type] === undefined) m |= el.readOnly ? S.readonly : el.disabled ? 0 : S.editable;
      if (el.required) m |= S.required;
    } else if (tag === 'textarea') {
      m |= S.multiline | (el.readOnly ? S.readonly : el.disabled ? 0 : S.editable) | (el.required ? S.required : 0);
    } else if (tag === 'select') {
      if (el.multiple) m |= S.multiselectable;
      if (el.required) m |= S.required;
    } else if (tag === 'dialog' && matches(el, ':modal')) m |= S.modal;
    else if (tag === 'details') m |= el.open ? S.expanded : S.collapsed;
    else if (tag === 'summary') m |= parentNodeOf(el)?.open ? S.expanded : S.collapsed;
    else if (tag === 'option' && el.selected) m |= S.selected;
    if (a.editable) m |= S.editable | S.multiline;
    if (matches(el, ':disabled') || (a.aria && closest(el, '[aria-disabled="true"]'))) m |= S.disabled;
    if (el === focus) m |= S.focused;
    if ((tag === 'input' || tag === 'textarea' || tag === 'select') && matches(el, ':user-invalid')) m |= S.invalid;
    const aria = a.states;
    if (aria) {
      for (const [key, raw] of aria) {
        const v = raw.toLowerCase();
        switch (key) {
          case 'aria-checked': if (tag !== 'input') m |= v === 'mixed' ? S.mixed : v === 'true' ? S.checked : 0; break;
          case 'aria-pressed': m |= v === 'mixed' ? S.mixed : v === 'true' ? S.pressed : 0; break;
          case 'aria-selected': if (v === 'true') m |= S.selected; break;
          case 'aria-expanded': m |= v === 'true' ? S.expanded : v === 'false' ? S.collapsed : 0; break;
          case 'aria-required': if (v === 'true') m |= S.required; break;
          case 'aria-invalid': if (v && v !== 'false') m |= S.invalid; break;
          case 'aria-readonly': if (v === 'true') m = (m | S.readonly) & ~S.editable; break;
          case 'aria-multiline': if (v === 'true') m |= S.multiline; break;
          case 'aria-multiselectable': if (v === 'true') m |= S.multiselectable; break;
          case 'aria-modal': if (v === 'true') m |= S.modal; break;
          case 'aria-busy': if (v === 'true') m |= S.busy; break;
          case 'aria-current': if (ON.has(v)) m |= S.current; break;
          case 'aria-haspopup': if (v && v !== 'false') m |= S.haspopup; break;
          default:
        }
      }
    }
    if (m & S.disabled) m &= ~S.editable;
    return m;
  };
