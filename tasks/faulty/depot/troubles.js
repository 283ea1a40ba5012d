"use strict";
// What goes wrong in a page, by name; each takes the numbers that the seed chose.
const main = document.querySelector("[data-main]");
const form = main?.form;
const fields = [...(form?.querySelectorAll("input:not([type]), input[type=text]") || [])];
const one = (list, pick) => list[Math.floor(pick * list.length)];
const after = (ms, what) => setTimeout(what, ms);
const make = (tag, words, props = {}) => Object.assign(document.createElement(tag), {textContent: words}, props);
const told = field => field.dispatchEvent(new Event("input", {bubbles: true}));
const NEW_NAMES = {
  "Save item": "Store", "Save changes": "Apply", "Next": "Continue", "Book transfer": "Finish", "Pay now": "Send payment",
  "Save settings": "Apply",
};

function swallow(times) {  // submits that nothing comes of
  addEventListener("submit", event => {
    if (event.target !== form || times-- <= 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, {capture: true});
}

function cover(box, buttons) {
  for (const words of buttons) box.append(make("button", words, {type: "button", onclick: () => box.remove()}));
  document.body.append(box);
}

const TROUBLES = {
  "noop-click": () => swallow(1),
  "dead-button": () => swallow(1e9),
  "late-dialog": ({ms}) => after(ms, () => {
    const box = make("dialog", "");
    box.append(make("h2", "How do you like the Depot?"), make("p", "Your opinion helps us."));
    cover(box, ["Rate it", "Not now"]);
    box.showModal();
  }),
  "cookie-banner": ({ms}) => after(ms, () => {
    const box = make("section", "", {ariaLabel: "Cookies"});
    box.style = "position:fixed;left:0;right:0;bottom:0;height:75vh;background:#fff;border-top:2px solid;padding:24px";
    box.append(make("h2", "Cookies"), make("p", "We use cookies to make the Depot better."));
    cover(box, ["Accept all", "Only necessary"]);
  }),
  "overlay": ({ms}) => after(ms, () => {
    const box = make("div", "");
    box.style = "position:fixed;inset:0;background:#0009;padding:20vh 30vw;color:#fff";
    box.append(make("p", "Subscribe to our newsletter!"));
    cover(box, ["×"]);
    box.querySelector("button").ariaLabel = "Close";
  }),
  "moved-element": ({ms}) => {
    let left = 0;
    main.style.position = "relative";
    const timer = setInterval(() => { left = (left + 97) % 260; main.style.left = left + "px"; }, 120);
    after(ms, () => clearInterval(timer));
  },
  "replaced-element": ({ms}) => {
    const timer = setInterval(() => {
      const button = document.querySelector("[data-main]");
      button.replaceWith(button.cloneNode(true));
    }, 90);
    after(ms, () => clearInterval(timer));
  },
  "renamed-element": () => { main.textContent = NEW_NAMES[main.textContent] || "Go on"; },
  "disabled-until": ({ms}) => {
    let timer;
    const wait = () => {
      main.disabled = true;
      clearTimeout(timer);
      timer = after(ms, () => { main.disabled = false; });
    };
    wait();
    form.addEventListener("input", wait);
  },
  "duplicate-label": ({ms}) => after(ms, () => {
    const twin = make("form", "", {action: "/newsletter", method: "post"});
    const label = fields[0]?.labels[0]?.textContent || "Email";
    const field = make("label", label + " ");
    field.append(make("input", "", {name: "newsletter"}));
    twin.append(field, make("button", main.textContent));
    form.before(twin);
  }),
  "blur-loses-value": ({pick}) => {
    one(fields, pick)?.addEventListener("blur", event => {
      const field = event.target;
      after(20, () => { field.value = field.defaultValue; told(field); });
    }, {once: true});
  },
  "auto-format": () => {
    for (const field of fields) {
      field.addEventListener("blur", () => {
        field.value = /^\d{4,}$/.test(field.value) ? Number(field.value).toLocaleString("en") : field.value.trim();
      });
    }
  },
  "auto-correct": ({pick}) => {
    const field = one(fields, pick);
    field?.addEventListener("blur", () => {
      field.value = /\d/.test(field.value) ? field.value.replace(/\d$/, "") : field.value.toUpperCase();
    });
  },
  "cuts-text": ({pick}) => {
    const field = one(fields, pick);
    field?.addEventListener("input", () => { field.value = field.value.slice(0, 3); });
  },
  "hydration": ({pick}) => {
    const field = one(fields, pick);
    field?.addEventListener("input", () => after(60, () => { field.value = field.defaultValue; }), {once: true});
  },
  "focus-stolen": ({pick}) => {
    const field = one(fields, pick);
    const other = fields.find(each => each !== field) || document.querySelector("select");
    field?.addEventListener("focus", () => after(5, () => other?.focus()), {once: true});
  },
  "form-reset": ({ms}) => form.addEventListener("input", () => after(ms, () => form.reset()), {once: true}),
  "choice-reverts": ({ms}) => form.addEventListener("change", event => {
    const box = event.target;
    if (box.type === "checkbox") after(ms, () => { box.checked = !box.checked; });
    else if (box.matches("select")) after(ms, () => { box.selectedIndex = [...box.options].findIndex(o => o.defaultSelected); });
  }, {once: true}),
  "optimistic": ({ms}) => addEventListener("submit", event => {
    if (event.target !== form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const said = make("p", "Saved.", {className: "flash", role: "status"});
    document.querySelector("main").before(said);
    const body = new URLSearchParams(new FormData(form));
    after(ms, async () => {
      await fetch(form.action, {method: "POST", body, headers: {Accept: "application/json"}});
      said.remove();
    });
  }, {capture: true, once: true}),
  "native-question": () => addEventListener("submit", event => {
    if (confirm("Do you really want to send this?")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, {capture: true, once: true}),
  "leave-question": () => {
    const ask = event => event.preventDefault();
    addEventListener("beforeunload", ask);
    addEventListener("submit", () => removeEventListener("beforeunload", ask), {capture: true});
  },
  "heartbeats": ({ms}) => setInterval(() => {
    fetch("/poll").catch(() => {});
    fetch("/beat", {method: "POST", body: "at=" + Date.now()}).catch(() => {});
  }, ms),
  "ticker": () => {
    const line = make("p", "", {role: "status"});
    document.querySelector("main").prepend(line);
    setInterval(() => { line.textContent = `${Date.now() % 100000} people are looking at this`; }, 150);
  },
  "feed": () => {
    const list = make("ul", "", {ariaLabel: "News"});
    document.querySelector("main").prepend(list);
    const socket = new WebSocket(location.origin.replace("http", "ws") + "/feed");
    socket.onmessage = event => list.prepend(make("li", event.data));
  },
  "late-content": ({ms}) => {
    const whole = document.querySelector("main");
    const kept = [...whole.childNodes];
    whole.replaceChildren(make("p", "Loading…"));
    if (ms) after(ms, () => whole.replaceChildren(...kept));
  },
  "new-tabs": () => { for (const link of document.querySelectorAll("main a")) link.target = "_blank"; },
};
