// Roles, names, values and states of one element (WAI-ARIA, accname, HTML-AAM).

  // ------------------------------------------------------------------------------------------------ roles and states

  const STATES = ['checked', 'mixed', 'selected', 'pressed', 'expanded', 'collapsed', 'disabled', 'focused', 'required',
    'invalid', 'readonly', 'editable', 'multiline', 'multiselectable', 'modal', 'busy', 'current', 'haspopup', 'password',
    'hidden', 'offscreen', 'covered', 'listens', 'renamed'];
  const S = {};
  STATES.forEach((name, i) => { S[name] = 1 << i; });
  const set = (words) => new Set(words.split(' '));
  const ROLES = set('alert alertdialog application article banner blockquote button caption cell checkbox code columnheader ' +
    'combobox complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid ' +
    'gridcell group heading img image insertion link list listbox listitem log main marquee math menu menubar menuitem ' +
    'menuitemcheckbox menuitemradio meter navigation note option paragraph progressbar radio radiogroup region row rowgroup ' +
    'rowheader scrollbar search searchbox separator slider spinbutton status strong subscript superscript switch tab table ' +
    'tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem none presentation');
  const DROPPED = set('blockquote caption code definition deletion emphasis figure generic insertion none paragraph ' +
    'presentation rowgroup separator strong subscript superscript term time');
  const FROM_CONTENT = set('button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox menuitemradio ' +
    'option radio row rowheader switch tab tooltip treeitem');
  const INTERACTIVE = set('button checkbox combobox link listbox menuitem menuitemcheckbox menuitemradio option radio ' +
    'scrollbar searchbox slider spinbutton switch tab textbox treeitem');
  const SKIPPED = set('script style template noscript head meta link title base param source track datalist');
  const TEXTUAL = set('text search email url tel number password');
  const INPUT_ROLES = { button: 'button', submit: 'button', reset: 'button', image: 'button', file: 'button',
    checkbox: 'checkbox', radio: 'radio', range: 'slider', number: 'spinbutton', search: 'searchbox' };
  const TAG_ROLES = { a: 'link', area: 'link', article: 'article', aside: 'complementary', button: 'button', canvas: 'img',
    details: 'group', dialog: 'dialog', embed: 'img', fieldset: 'group', form: 'form', frame: 'iframe', h1: 'heading',
    h2: 'heading', h3: 'heading', h4: 'heading', h5: 'heading', h6: 'heading', iframe: 'iframe', img: 'img', li: 'listitem',
    main: 'main', menu: 'list', meter: 'meter', nav: 'navigation', object: 'img', ol: 'list', optgroup: 'group',
    option: 'option', output: 'status', progress: 'progressbar', search: 'search', summary: 'button', svg: 'img',
    table: 'table', td: 'cell', textarea: 'textbox', tr: 'row', ul: 'list', video: 'video' };

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
      case 'a': case 'area': return el.hasAttribute('href') ? 'link' : '';
      case 'input': {
        const type = el.type;
        return INPUT_ROLES[type] === 'searchbox' || INPUT_ROLES[type] === undefined
          ? (el.hasAttribute('list') ? 'combobox' : INPUT_ROLES[type] ?? 'textbox') : INPUT_ROLES[type];
      }
      case 'select': return el.multiple || el.size > 1 ? 'listbox' : 'combobox';
      case 'th': return headerRole(el);
      case 'td': { const t = closest(el, 'table'); const r = t && attr(t, 'role');
        return r === 'grid' || r === 'treegrid' ? 'gridcell' : 'cell'; }
      case 'header': case 'footer':
        return closest(el, 'article,aside,main,nav,section') ? '' : tag === 'header' ? 'banner' : 'contentinfo';
      case 'section': return el.hasAttribute('aria-label') || el.hasAttribute('aria-labelledby') ? 'region' : '';
      case 'summary': return parentNodeOf(el)?.localName === 'details' ? 'button' : '';
      case 'svg': return el.hasAttribute('aria-label') || el.hasAttribute('aria-labelledby') || child(el, 'title') ? 'img' : '';
      case 'img': return attr(el, 'alt') === '' && !el.hasAttribute('aria-label') && !el.hasAttribute('title') ? '' : 'img';
      default: return TAG_ROLES[tag] ?? '';
    }
  };
  const roleOf = (el, tag, explicit) => {
    if (explicit) {
      for (const token of explicit.toLowerCase().split(/\s+/)) {
        if (token === 'image') return 'img';
        if (token === 'none' || token === 'presentation') {
          if (el.tabIndex >= 0 || el.hasAttribute('aria-label')) break;
          return token;
        }
        if (ROLES.has(token)) return token;
      }
    }
    return tagRole(el, tag);
  };

  // --------------------------------------------------------------------------------------------------------- names

  const squeeze = (text) => text.replace(/[\u200b\u200c\u200d\ufeff\ue000-\uf8ff]/g, '').replace(/\s+/g, ' ').trim();
  const CUT = /^(inset\((50|[6-9]\d|100)%|circle\(0|polygon\(0px 0px, 0px 0px)/;
  const INLINE = /^(inline|ruby|contents)/;

  // The text of a subtree that is referred to from elsewhere (labels, aria-labelledby, legend, caption).
  const textOf = (node, skip, hiddenToo, depth = 0) => {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType !== 1 || node === skip || depth > 40) return '';
    const tag = node.localName;
    if (SKIPPED.has(tag)) return '';
    let display = 'inline';
    if (!hiddenToo) {
      const style = styleOf(node);
      display = style.display;
      if (display === 'none' || style.visibility === 'hidden' || attr(node, 'aria-hidden') === 'true') return '';
    }
    const label = depth && attr(node, 'aria-label');
    if (label && label.trim()) return ` ${label} `;
    if (tag === 'img') return ` ${attr(node, 'alt') ?? attr(node, 'title') ?? ''} `;
    if (tag === 'br') return ' ';
    if (depth) {
      if (tag === 'input') return TEXTUAL.has(node.type) && node.type !== 'password' ? ` ${node.value} ` : '';
      if (tag === 'textarea') return ` ${node.value} `;
      if (tag === 'select') return ` ${node.selectedOptions[0]?.label ?? ''} `;
    }
    let out = '';
    const host = shadowRootOf(node);
    const kids = tag === 'slot' && node.assignedNodes().length ? node.assignedNodes() : childNodesOf(host ?? node);
    for (const kid of kids) out += textOf(kid, skip, hiddenToo, depth + 1);
    return INLINE.test(display) && display !== 'inline-block' ? out : ` ${out} `;
  };
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
  const child = (el, tag) => {
    for (let c = el.firstElementChild; c; c = c.nextElementSibling) if (c.localName === tag) return c;
    return null;
  };
  const BUTTON_VALUE = { submit: 'Submit', reset: 'Reset' };

  // Everything but the content: [name, where it comes from] or null. `a` holds the attributes met on the way.
  const statedName = (el, tag, role, a) => {
    if (a.labelledby) {
      const text = squeeze(refs(el, a.labelledby).map((other) =>
        other === el ? a.label ?? textOf(other, null, true) : attr(other, 'aria-label')?.trim() || textOf(other, null, !shown(other))).join(' '));
      if (text) return [text, 'labelledby'];
    }
    if (a.label) { const text = squeeze(a.label); if (text) return [text, 'aria']; }
    switch (tag) {
      case 'input': {
        const type = el.type;
        if (type === 'submit' || type === 'reset' || type === 'button') {
          const text = squeeze(attr(el, 'value') ?? BUTTON_VALUE[type] ?? '');
          if (text) return [text, 'value'];
        }
        const text = labelText(el);
        if (text) return [text, 'label'];
        if (type === 'image') return [squeeze(attr(el, 'alt') || attr(el, 'title') || 'Submit'), 'alt'];
        if (type === 'file' && !a.title) return ['', ''];
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
      default: if (el.constructor.formAssociated) { const text = labelText(el); if (text) return [text, 'label']; }
    }
    return null;
  };
  const lastName = (a, role) => {
    if (a.title) { const text = squeeze(a.title); if (text) return text; }
    if (a.placeholder && (role === 'textbox' || role === 'searchbox' || role === 'combobox' || role === 'spinbutton')) {
      return squeeze(a.placeholder);
    }
    return '';
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
