"use strict";
// The misbehaviour of a page, by the switches of its address; `liar.py` says what each one means.
const Q = new URLSearchParams(location.search);
const is = (key, value) => (Q.get(key) || "").split(",").includes(value);
const ms = key => Number(Q.get(key) || 0);
const at = id => document.getElementById(id);
const pause = time => new Promise(done => setTimeout(done, time));
const make = (tag, words, props = {}) => Object.assign(document.createElement(tag), {textContent: words}, props);
const marked = name => words => make("p", words, {className: name});
const praise = name => `The item "${name}" was saved.`;
const NAME = "Lamp";

// ── the ways in which a text can be on a page ──────────────────────────────────────────────────────────────────────
const FORMS = {
  line: words => make("p", words),
  status: words => make("div", words, {role: "status"}),
  help: words => make("p", `When you save, you will see: ${words}`),
  row: () => make("p", NAME),
  split: words => {
    const line = make("p", "");
    words.split(" ").forEach((word, n) => line.append(make(["b", "i", "span"][n % 3], word), " "));
    return line;
  },
  cut: words => {  // in the middle of words
    const line = make("p", "");
    for (let n = 0; n < words.length; n += 3) line.append(make("span", words.slice(n, n + 3)));
    return line;
  },
  shadow: words => {
    const host = make("div", "");
    host.attachShadow({mode: "open"}).append(make("p", words));
    return host;
  },
  frame: words => make("iframe", "", {src: "/frame?" + new URLSearchParams({words}), title: "Messages"}),
  aria: words => make("div", "·", {role: "group", ariaLabel: words}),
  ariabutton: words => make("button", "×", {type: "button", ariaLabel: words}),
  title: words => make("span", "i", {title: words}),
  placeholder: words => make("input", "", {placeholder: words}),
  alt: words => make("img", "", {alt: words, src: "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="}),
  option: words => { const box = make("select", ""); box.append(make("option", "All"), make("option", words)); return box; },
  closed: words => { const box = make("details", ""); box.append(make("summary", "More"), make("p", words)); return box; },
  template: words => make("template", words),
  script: words => make("script", words, {type: "text/plain"}),
  comment: words => document.createComment(words),
  noscript: words => make("noscript", words),
};
for (const name of ["upper", "visibility", "opacity", "off", "zero", "white", "clip", "none"]) FORMS[name] = marked(name);

function say(words) {
  const form = Q.get("shown") || "status";
  if (form === "alert") return alert(words);
  const shown = FORMS[form](words);
  at("out").append(shown);
  if (ms("toast")) setTimeout(() => shown.remove(), ms("toast"));
}
for (const form of (Q.get("there") || "").split(",").filter(Boolean)) at("there").append(FORMS[form](praise(NAME)));

// ── saving ─────────────────────────────────────────────────────────────────────────────────────────────────────────
const form = at("form");
const addRow = name => { const row = make("li", name); at("rows").append(row); return row; };
let clicks = 0;

const INSTEAD = {
  none: () => {},
  throw: () => { throw new Error("the handler is broken"); },
  help: () => at("out").append(make("section", "How to add an item: fill in the form.", {ariaLabel: "Help"})),
  away: () => { location = "/other"; },
  cleared: () => form.reset(),
  reload: () => location.reload(),
  claim: () => say(praise(form.elements.name.value)),
  open: () => at("out").append(make("p", "Unrelated news of the day.")),
  modal: () => {
    const box = make("div", "", {role: "dialog", ariaLabel: "Newsletter", ariaModal: "true"});
    box.append(make("h2", "Subscribe to our newsletter"), make("button", "No thanks", {onclick: () => box.remove()}));
    document.body.append(box);
  },
  spinner: () => at("out").append(make("div", "Saving…", {role: "progressbar"})),
  wheel: () => {
    const wheel = make("div", "", {role: "progressbar"});
    at("out").append(wheel);
    setInterval(() => { wheel.textContent = "Saving" + ".".repeat(Date.now() / 200 % 4); }, 200);
  },
};

async function send(item) {
  const where = "/save" + location.search, body = new URLSearchParams(item);
  if (is("via", "xhr")) {
    return new Promise(done => {
      const call = new XMLHttpRequest();
      call.open("POST", where);
      call.onload = () => done({ok: call.status < 400, said: call.responseText});
      call.onerror = () => done({ok: false, said: ""});
      call.send(body);
    });
  }
  if (is("via", "beacon")) return {ok: navigator.sendBeacon(where, body), said: ""};
  try {
    const answer = await fetch(where, {method: is("via", "put") ? "PUT" : "POST", body});
    return {ok: answer.ok, said: is("reads", "nothing") ? '{"ok": true}' : await answer.text()};
  } catch (lost) {
    return {ok: false, said: ""};
  }
}

function believed(answer) {
  if (is("believes", "anything")) return true;  // the page never looks at the answer
  if (!answer.ok) return false;
  if (is("believes", "status")) return true;
  try { const said = JSON.parse(answer.said); return said.ok === true; } catch (other) { return false; }
}

function named(answer) {  // what the server calls it
  try { return JSON.parse(answer.said).name; } catch (other) { return undefined; }
}

function keep(item) {  // an application without a server
  const items = JSON.parse(localStorage.getItem("items") || "[]");
  localStorage.setItem("items", JSON.stringify([...items, item]));
}

async function save() {
  const item = Object.fromEntries(new FormData(form));
  if (is("confirm", "1") && !confirm("Save this item?")) return;
  if (is("via", "local")) {
    await pause(ms("wait"));
    keep(item);
    if (is("then", "list")) location = "/local?flash=" + encodeURIComponent(praise(item.name));
    else { say(praise(item.name)); addRow(item.name); form.reset(); }
    return;
  }
  const early = is("optimistic", "keep") || is("optimistic", "remove") ? addRow(item.name) : null;
  if (is("says", "before")) say(praise(item.name));
  if (is("says", "saving")) say("Saving…");
  await pause(ms("wait"));
  const sent = send(item);
  if (is("then", "hurry")) { location = "/items?flash=" + encodeURIComponent(praise(item.name)); return; }
  const answer = await sent;
  await pause(ms("render"));
  const yes = believed(answer);
  if (!yes && early && is("optimistic", "remove")) early.remove();
  if (is("says", "before") || is("says", "never")) {
    if (!yes && is("admits", "1")) say("Error: the item could not be saved.");
    return;
  }
  if (is("says", "saving")) at("out").lastChild.remove();
  if (!yes) return say("Error: the item could not be saved.");
  if (is("then", "list")) { location = "/items?flash=" + encodeURIComponent(praise(item.name)); return; }
  if (is("then", "row")) { addRow(item.name); form.reset(); return; }
  say(praise(named(answer) ?? item.name));
  if (is("then", "reset")) form.reset();
  if (is("then", "reload")) setTimeout(() => location.reload(), 300);
}

form.action = "/save" + location.search;
form.addEventListener("submit", event => {
  clicks += 1;
  const instead = Q.get("effect");
  if (is("button", "two") && clicks === 1) {
    event.preventDefault();
    at("save").textContent = "Really save?";
    return;
  }
  if (instead) { event.preventDefault(); INSTEAD[instead](); return; }
  if (is("via", "form")) {
    if (is("confirm", "1") && !confirm("Save this item?")) return event.preventDefault();
    if (!ms("wait")) return;
    event.preventDefault();
    setTimeout(() => form.submit(), ms("wait"));
    return;
  }
  event.preventDefault();
  save();
});

// ── the button ─────────────────────────────────────────────────────────────────────────────────────────────────────
if (is("button", "noop")) { const dead = make("button", "Save", {type: "button"}); at("save").replaceWith(dead); }
if (is("button", "late")) {
  at("save").disabled = true;
  setTimeout(() => { at("save").disabled = false; }, 900);
}
if (is("button", "appears")) {
  const button = at("save");
  button.remove();
  setTimeout(() => at("buttons").append(button), 900);
}
if (is("button", "moves")) {
  let turns = 0;
  const timer = setInterval(() => {
    at("buttons").style.marginLeft = `${(turns += 1) * 30}px`;
    if (turns > 12) clearInterval(timer);
  }, 100);
}
if (is("button", "slides")) {
  form.elements.quantity.addEventListener("input", () => {
    at("buttons").animate([{transform: "translateX(0)"}, {transform: "translateX(400px)"}], {duration: 700, fill: "forwards"});
  });
}
if (is("button", "replaced")) {
  let turns = 0;
  const timer = setInterval(() => {
    const old = at("save");
    old.replaceWith(old.cloneNode(true));
    if ((turns += 1) > 15) clearInterval(timer);
  }, 80);
}
if (is("button", "shy")) {  // another one of its kind takes its place while it is pressed
  form.addEventListener("mousedown", (event) => {
    if (event.target === at("save")) at("save").replaceWith(at("save").cloneNode(true));
  });
}
if (is("button", "swapped")) {  // just before the press is let go
  const other = make("button", "Delete everything", {type: "button", id: "other", onclick: () => fetch("/delete", {method: "POST"})});
  at("buttons").append(" ", other);
  form.elements.quantity.addEventListener("input", () => setTimeout(() => at("buttons").prepend(at("other")), 0));
}

// ── the fields ─────────────────────────────────────────────────────────────────────────────────────────────────────
const name = form.elements.name;
const REWRITES = {
  trim: () => { name.value = name.value.trim(); },
  upper: () => { name.value = name.value.toUpperCase(); },
  mask: () => { name.value = name.value.replace(/[^a-z]/g, ""); },
  complete: () => { setTimeout(() => { name.value = "Lampshade"; }, 200); },
  controlled: () => { name.value = ""; },
  late: () => { setTimeout(() => { name.value = ""; }, 700); },
  once: () => { if (!name.dataset.once) { name.dataset.once = "1"; name.value = ""; } },
};
for (const rewrite of (Q.get("field") || "").split(",").filter(word => word in REWRITES)) {
  name.addEventListener("input", REWRITES[rewrite]);
}
if (is("field", "max")) name.maxLength = 2;
if (is("autosave", "1")) {
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      fetch("/draft" + location.search, {method: "PUT", body: new URLSearchParams(new FormData(form))});
      at("noise").replaceChildren(make("p", "Draft kept"));
    }, 150);
  });
}

// ── noise ──────────────────────────────────────────────────────────────────────────────────────────────────────────
const noise = (words, props) => at("noise").appendChild(make("p", words, props));
const every = (time, act) => setInterval(act, time);
const NOISE = {
  clock: () => { const clock = noise(""); every(150, () => { clock.textContent = new Date().toISOString(); }); },
  feed: () => { let n = 0; every(250, () => noise(`${["Ann", "Bob", "Cyd"][n % 3]} has joined the room (${n += 1})`)); },
  poll: () => every(250, () => fetch("/ticks")),
  beat: () => every(250, () => fetch("/beat", {method: "POST"})),
  badbeat: () => { const beat = () => fetch("/badbeat", {method: "POST"}); beat(); every(250, beat); },
  badpoll: () => { const poll = () => fetch("/missing"); poll(); every(250, poll); },
  socket: () => { new WebSocket(`ws://${location.host}/socket`).onmessage = said => noise(said.data); },
  longpoll: () => { const again = () => fetch("/longpoll").then(again, () => {}); again(); },
  metrics: () => every(300, () => fetch("/metrics/collect", {method: "POST", body: "{}"})),
  blink: () => { const line = noise("Live"); every(200, () => { line.hidden = !line.hidden; }); },
};
for (const kind of (Q.get("noise") || "").split(",").filter(Boolean)) NOISE[kind]();
if (ms("reload")) setTimeout(() => { if (!is("again", "1")) location.search += "&again=1"; }, ms("reload"));
