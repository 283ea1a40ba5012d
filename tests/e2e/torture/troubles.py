# ruff: noqa: E501 - HTML and scripts
"""What a page is made of: targets, the places they stand in, and the troubles that come over them.

`{name}` is what the target is called; `$` in a script is a number that the seed gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Due(StrEnum):
    """What a careful person would do."""

    CLICK = "click"
    REFUSE = "refuse"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Target:
    html: str
    find: str = "target(document.getElementById('target'))"
    """Script that says what is meant."""
    text: bool = True
    """Whether its label is plain text that can be changed, made white and so on."""
    due: Due = Due.CLICK
    check: bool = False
    """It is checked, not clicked."""


BUTTON = '<button id="target" type="button">{name}</button>'
TARGETS: dict[str, Target] = {
    "button": Target(BUTTON),
    "wide button": Target(
        '<button id="target" type="button" style="width:320px;height:60px;text-align:left">{name}</button>'
    ),
    "submit": Target(
        '<form action="/right"><input type="hidden" name="n" value="1"><button id="target">{name}</button></form>'
    ),
    "input": Target('<form action="/right"><input id="target" type="submit" value="{name}"></form>', text=False),
    "link": Target('<a id="target" href="#right">{name}</a>'),
    "broken link": Target(
        '<p style="width:90px">See also <a id="target" href="#right">{name}</a> or <a class="decoy" href="#w">another page</a> instead.</p>'
    ),
    "role": Target('<div id="target" role="button" tabindex="0" style="display:inline-block;padding:6px">{name}</div>'),
    "icon button": Target(
        '<button id="target" type="button"><svg width="16" height="16"><circle cx="8" cy="8" r="7" fill="teal"/></svg> <span>{name}</span></button>'
    ),
    "span in button": Target(
        '<button id="target" type="button"><span style="pointer-events:none">{name}</span></button>'
    ),
    "svg link": Target(
        '<svg width="260" height="60"><a id="target" href="#right"><rect width="120" height="50" fill="#dde"/><text x="10" y="30">{name}</text></a><a class="decoy" href="#w"><rect x="130" width="120" height="50" fill="#edd"/><text x="140" y="30">Delete</text></a></svg>',
        text=False,
    ),
    "image map": Target(
        '<img usemap="#m" width="240" height="80" alt="map" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%22240%22 height=%2280%22%3E%3Crect width=%22240%22 height=%2280%22 fill=%22silver%22/%3E%3C/svg%3E"><map name="m"><area id="target" shape="rect" coords="0,0,100,80" href="#right" alt="{name}"><area class="decoy" shape="rect" coords="110,0,240,80" href="#w" alt="Delete"></map>',
        text=False,
        due=Due.EITHER,
    ),
    "hidden check box": Target(
        '<input id="target" type="checkbox" style="position:absolute;opacity:0;width:0;height:0"><label for="target" style="padding:4px;border:1px solid">{name}</label>',
        "target(document.getElementById('target'), document.querySelector('label[for=target]'))",
        check=True,
    ),
    "check box in label": Target(
        '<label id="label"><input id="target" type="checkbox"> {name} <a class="decoy" href="#w">terms</a></label>',
        "target(document.getElementById('target'), document.getElementById('label'))",
        text=False,
        due=Due.EITHER,
        check=True,
    ),
    "open shadow": Target(
        '<div id="host"></div>',
        "(() => { const root = document.getElementById('host').attachShadow({mode: 'open'}); root.innerHTML = '"
        + BUTTON
        + " <button>Delete</button>'; target(root.querySelector('#target')); mean(root.querySelector('button:not([id])'), 'wrong'); })()",
    ),
    "slotted": Target(
        '<div id="host"><span id="label">{name}</span></div>',
        "(() => { const root = document.getElementById('host').attachShadow({mode: 'open'}); root.innerHTML = '<button><slot></slot></button><button class=other>Delete</button>'; target(root.querySelector('button')); mean(root.querySelector('.other'), 'wrong'); })()",
        text=False,
    ),
    "closed shadow": Target(
        '<div id="host"></div>',
        "(() => { const root = document.getElementById('host').attachShadow({mode: 'closed'}); root.innerHTML = '"
        + BUTTON
        + "'; target(root.querySelector('#target')); mean(document.getElementById('host'), 'right'); })()",
        text=False,
        due=Due.EITHER,
    ),
    "summary": Target('<details><summary id="target">{name}</summary><button class="decoy">Delete</button></details>'),
    "menu item": Target(
        '<ul role="menu" style="list-style:none"><li role="menuitem" class="decoy" tabindex="-1">Delete</li><li id="target" role="menuitem" tabindex="-1">{name}</li></ul>'
    ),
    "tab": Target(
        '<div role="tablist"><button role="tab" class="decoy">Delete</button><button role="tab" id="target">{name}</button></div>'
    ),
    "round": Target(
        '<button id="target" type="button" style="width:120px;height:120px;border-radius:50%">{name}</button>'
    ),
    "clipped": Target(
        '<div style="position:relative;width:160px;height:80px"><button class="decoy" style="position:absolute;inset:0">Delete everything</button><button id="target" type="button" style="position:absolute;inset:0;clip-path:polygon(0 0,100% 0,0 100%);text-align:left;padding:0 0 40px 4px">{name}</button></div>',
        due=Due.EITHER,
    ),
    "card": Target(
        '<div id="target" role="button" tabindex="0" style="width:300px;padding:10px;border:1px solid">{name}<p style="text-align:center"><button class="decoy" aria-label="Delete">✕ x x x x x</button></p></div>',
        due=Due.EITHER,
    ),
}

INNER = '<iframe title="Inner" {where} style="width:560px;height:420px;{css}"></iframe>'
FAR = '<div style="height:1400px">…</div>'
PLACES: dict[str, str] = {
    "plain": "{target}",
    "far down": FAR + "{target}" + FAR,
    "far right": '<div style="width:3000px;padding-left:2200px">{target}</div>',
    "scroller": '<div style="height:200px;width:400px;overflow:auto;border:1px solid"><div style="height:900px">…</div>{target}<div style="height:900px">…</div></div>',
    "snap": '<div style="height:200px;width:400px;overflow:auto;scroll-snap-type:y mandatory;overscroll-behavior:contain"><section style="height:200px;scroll-snap-align:start">1</section><section style="height:200px;scroll-snap-align:start">2</section><section style="height:200px;scroll-snap-align:start">{target}</section><section style="height:200px;scroll-snap-align:start">4</section></div>',
    "smooth": "<style>html {{ scroll-behavior: smooth }}</style>" + FAR + "{target}" + FAR,
    "sticky header": '<header class="decoy" style="position:sticky;top:0;height:180px;background:#fff;z-index:5">Site</header>'
    + FAR
    + "{target}"
    + FAR,
    "sticky footer": FAR
    + "{target}"
    + FAR
    + '<footer class="decoy" style="position:sticky;bottom:0;height:220px;background:#eef;z-index:5">Cookies</footer>',
    "header and footer": '<header class="decoy" style="position:fixed;top:0;left:0;right:0;height:120px;background:#fff;z-index:5">Site</header>'
    + FAR
    + "{target}"
    + FAR
    + '<footer class="decoy" style="position:fixed;left:0;right:0;bottom:0;height:120px;background:#eef;z-index:5">Cookies</footer>',
    "zoom": '<div style="zoom:1.7;padding:20px">{target}</div>',
    "small zoom": '<div style="zoom:.6"><div style="zoom:.9">{target}</div></div>',
    "rotate": '<div style="transform:rotate(37deg);width:200px;margin:150px">{target}</div>',
    "scale": '<div style="scale:1.4;transform-origin:0 0"><div style="transform:scale(.7) translate(30px,20px)">{target}</div></div>',
    "skew": '<div style="transform:skew(25deg,10deg);width:260px;margin:90px">{target}</div>',
    "3d": '<div style="perspective:600px;width:300px;margin:60px"><div style="transform:rotateY(35deg) rotateX(20deg)">{target}</div></div>',
    "dialog": '<dialog id="d">{target}</dialog><script>d.showModal()</script>',
    "dialog over dialog": '<dialog id="a"><button class="decoy">Cancel</button><p>First</p></dialog><dialog id="d">{target}</dialog><script>a.showModal(); d.showModal()</script>',
    "popover": '<div id="d" popover="manual">{target}</div><script>d.showPopover()</script>',
    "open details": '<details open><summary class="decoy">More</summary>{target}</details>',
    "fixed": '<div style="position:fixed;right:20px;bottom:20px">{target}</div>',
    "columns": '<div style="columns:3;width:700px"><p>a<p>b<p>c<p>{target}<p>d<p>e</div>',
    "row": '<table><tr><td>Desk<td><button class="decoy">Edit</button><tr><td>Lamp<td>{target}</table>',
}
REFUSED_PLACES: dict[str, str] = {
    "inert": '<div inert>{target}</div><div style="height:10px"></div>',
    "closed details": '<details><summary class="decoy">More</summary>{target}</details>',
    "under a dialog": '{target}<dialog id="d"><button class="decoy">Cancel</button></dialog><script>d.showModal()</script>',
    "takes no clicks": '<div style="pointer-events:none">{target}</div>',
    "transparent": '<div style="opacity:.01">{target}</div>',
    "opacity in two steps": '<div style="opacity:.15"><div style="opacity:.15">{target}</div></div>',
}
FRAMES: dict[str, str] = {
    "frame": "",
    "padded frame": "padding:30px;border:15px solid navy",
    "scaled frame": "transform:scale(.8);transform-origin:0 0;border:9px solid",
    "rotated frame": "transform:rotate(14deg);margin:80px;padding:11px",
    "zoomed frame": "zoom:1.3",
    "skewed frame": "rotate:8deg;transform:skewX(12deg);margin:90px",
}
ORIGINS = ("same", "same site", "other", "sandboxed", "nested", "nested other")


@dataclass(frozen=True, slots=True)
class Trouble:
    script: str
    due: Due = Due.CLICK
    text: bool = False
    """It needs a target with a plain label."""
    only: tuple[str, ...] = ()
    """The targets it makes sense for."""


WHITE = "V.style.setProperty('color','#fff','important');for(const n of V.querySelectorAll('*'))n.style.color='#fff';V.style.background='#fff';document.body.style.background='#fff';all('wrong');V.querySelectorAll('svg').forEach(n=>n.remove());"
NEVER, MAYBE = Due.REFUSE, Due.EITHER
TROUBLES: dict[str, Trouble] = {
    "transparent cover": Trouble("cover('opacity:0')", NEVER),
    "transparent cover for a while": Trouble("const c = cover('opacity:0'); setTimeout(() => c.remove(), 150 + $)"),
    "opaque cover, no clicks": Trouble("cover('background:#fff;pointer-events:none', 'Cancel'); all('wrong')", NEVER),
    "opaque picture, no clicks": Trouble(
        "const c = cover('background:linear-gradient(#eee,#ccc);pointer-events:none'); all('wrong')", NEVER
    ),
    "opaque cover on a corner": Trouble("cover('background:#fff;pointer-events:none', '', [.9, .7, 1, 1], 0)"),
    "faint cover, no clicks": Trouble("cover('background:rgba(255,255,0,.2);pointer-events:none')"),
    "cover on hover": Trouble("addEventListener('mousemove', () => cover('opacity:0'), {once: true})", NEVER),
    "frame on hover": Trouble(
        "addEventListener('mousemove', () => { const f = make('iframe', 'position:fixed;inset:0;width:100%;height:100%;border:0;opacity:0;z-index:2147483647'); f.sandbox = ''; f.srcdoc = 'x'; document.body.append(f); }, {once: true})",
        MAYBE,
    ),
    "cover on press": Trouble("addEventListener('pointerdown', () => cover('opacity:0'), {once: true})", MAYBE),
    "button on press": Trouble(
        "addEventListener('mousedown', () => { const b = cover('background:#fff', 'Delete'); b.setAttribute('role', 'button'); }, {once: true, capture: true})",
        MAYBE,
    ),
    "cover after a while": Trouble("setTimeout(() => cover('opacity:0'), $)", MAYBE),
    "cover between": Trouble("between.push(() => cover('background:#eee'))", NEVER),
    "opaque cover between": Trouble(
        "between.push(() => { cover('background:#fff;pointer-events:none', 'Cancel'); all('wrong'); })", NEVER
    ),
    "places swapped": Trouble(
        "between.push(() => { const d = document.querySelector('.swap'), p = document.createComment(''); V.replaceWith(p); d.replaceWith(V); p.replaceWith(d); })",
        only=("button", "wide button", "link", "role", "icon button", "span in button", "round"),
    ),
    "places swapped by style": Trouble(
        "between.push(() => { const d = document.querySelector('.swap'), a = V.getBoundingClientRect(), b = d.getBoundingClientRect(); V.style.translate = `${b.left - a.left}px ${b.top - a.top}px`; d.style.translate = `${a.left - b.left}px ${a.top - b.top}px`; })"
    ),
    "another node of the same id": Trouble(
        "between.push(() => { const n = T.cloneNode(true); n.textContent = 'Delete everything'; mean(n, 'wrong'); T.replaceWith(n); })",
        NEVER,
        only=(
            "button",
            "wide button",
            "submit",
            "link",
            "role",
            "icon button",
            "span in button",
            "menu item",
            "tab",
            "round",
        ),
    ),
    "made again": Trouble(
        "between.push(() => { const n = T.cloneNode(true); T.replaceWith(n); target(n); })",
        only=(
            "button",
            "wide button",
            "submit",
            "link",
            "role",
            "icon button",
            "span in button",
            "menu item",
            "tab",
            "round",
            "broken link",
        ),
    ),
    "made again and again": Trouble(
        "setInterval(() => { const n = T.cloneNode(true); T.replaceWith(n); target(n); }, 150 + $)",
        MAYBE,
        only=("button", "wide button", "submit", "link", "role", "icon button"),
    ),
    "another label": Trouble("between.push(() => { say('Delete everything'); all('wrong'); })", NEVER, text=True),
    "another label under the pointer": Trouble(
        "V.addEventListener('pointerover', () => { say('Delete everything'); all('wrong'); }, {once: true})",
        NEVER,
        text=True,
    ),
    "leads elsewhere": Trouble(
        "between.push(() => { T.href = '#wrong'; all('wrong'); afterLook.push(() => all('right')); })",
        only=("link", "broken link"),
    ),
    "posts elsewhere": Trouble(
        "between.push(() => { T.form.action = '/wrong'; all('wrong'); afterLook.push(() => all('right')); })",
        only=("submit", "input"),
    ),
    "in another form": Trouble(
        "between.push(() => { const f = document.createElement('form'); f.action = '/wrong'; document.body.append(f); f.append(T); all('wrong'); afterLook.push(() => all('right')); })",
        only=("submit", "input"),
    ),
    "other handler": Trouble("between.push(() => { V.onclick = () => 1; })"),
    "slides": Trouble(
        "between.push(() => { V.style.transition = 'translate .35s'; V.style.translate = '120px 40px'; })"
    ),
    "slides in for long": Trouble(
        "V.style.display = V.style.display || 'inline-block'; V.animate([{translate: '300px 0'}, {translate: '0 0'}], {duration: 300 + $})"
    ),
    "runs": Trouble(
        "let t = 0; (function run() { V.style.translate = `${100 * Math.sin(t += .25)}px 0`; requestAnimationFrame(run); })()",
        MAYBE,
    ),
    "drifts": Trouble(
        "let t = 0; (function run() { V.style.translate = `${(t += .4) % 60}px 0`; requestAnimationFrame(run); })()",
        MAYBE,
    ),
    "jumps": Trouble(
        "let up = false; setInterval(() => { up = !up; V.style.translate = up ? '0 90px' : '0 0'; }, 60 + $)", MAYBE
    ),
    "pulsates": Trouble(
        "V.animate([{scale: 1}, {scale: 1.03}], {duration: 700, iterations: Infinity, direction: 'alternate'})", MAYBE
    ),
    "disabled late": Trouble(
        "between.push(() => { T.disabled = true; T.setAttribute('aria-disabled', 'true'); all('wrong'); })", NEVER
    ),
    "disabled for a while": Trouble(
        "T.disabled = true; setTimeout(() => { T.disabled = false; }, 200 + $)",
        only=("button", "wide button", "icon button", "tab", "round"),
    ),
    "disabled on hover": Trouble(
        "V.addEventListener('pointerover', () => { T.disabled = true; T.setAttribute('aria-disabled', 'true'); all('wrong'); })",
        NEVER,
    ),
    "white on white": Trouble(WHITE, NEVER, text=True),
    "nearly white on white": Trouble(
        WHITE.replace("'#fff','important'", "'rgb(250,250,250)','important'"), NEVER, text=True
    ),
    "transparent text": Trouble(
        "V.style.color = 'transparent'; for (const n of V.querySelectorAll('*')) n.style.color = 'transparent'; V.querySelectorAll('svg').forEach(n => n.remove()); all('wrong')",
        NEVER,
        text=True,
    ),
    "tiny text": Trouble(
        "V.style.fontSize = '1px'; for (const n of V.querySelectorAll('*')) n.style.fontSize = '1px'; V.querySelectorAll('svg').forEach(n => n.remove()); all('wrong')",
        NEVER,
        text=True,
        only=("button", "wide button", "link", "role", "tab", "round"),
    ),
    "says something else": Trouble(
        "T.setAttribute('aria-label', V.textContent.trim()); say('Delete everything'); all('wrong')",
        NEVER,
        text=True,
        only=("button", "wide button", "link", "role", "menu item", "tab", "round"),
    ),
    "takes no clicks": Trouble("V.style.pointerEvents = 'none'; all('wrong')", NEVER),
    "pushed down": Trouble(
        "between.push(() => { document.body.prepend(make('div', 'height:90px;background:gold', 'News', 'nothing')); })"
    ),
    "pushed down again and again": Trouble(
        "let n = 0; const p = setInterval(() => { document.body.prepend(make('div', 'height:30px;background:gold', 'News', 'nothing')); if (++n > 5) clearInterval(p); }, 40 + $ / 4)"
    ),
    "ticker": Trouble(
        "const p = document.body.appendChild(document.createElement('p')); let n = 0; setInterval(() => { p.textContent = ++n; }, 10)"
    ),
    "modal between": Trouble(
        "between.push(() => { const d = make('dialog', '', 'Really?'); document.body.append(d); d.showModal(); })",
        NEVER,
    ),
    "modal for a while": Trouble(
        "between.push(() => { const d = make('dialog', '', 'Loading'); document.body.append(d); d.showModal(); setTimeout(() => d.close(), 200 + $); })"
    ),
    "banner over it": Trouble("cover('background:#fff', '', [0, 0, .3, .2], 0)"),
    "zoomed meanwhile": Trouble("between.push(() => { document.body.style.zoom = 1.4; })"),
    "scrolled meanwhile": Trouble("between.push(() => scrollBy(0, 200 + $))"),
    "scrolls": Trouble("setInterval(() => scrollBy(0, [9, -9][Math.floor(performance.now() / 500) % 2]), 30)", MAYBE),
    "twin after": Trouble("between.push(() => { const n = make('button', '', 'Delete'); V.after(n); })"),
    "row reused": Trouble(
        "between.push(() => { const td = V.closest('td'); if (td) { td.previousElementSibling.textContent = 'Desk'; all('wrong'); afterLook.push(() => all('right')); } })",
        MAYBE,
    ),
}
