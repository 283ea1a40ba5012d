"use strict";
// The depot's own script, which means well: dialogs, forms that are sent without leaving the page, toasts.

function toast(words, ms = 6000) {
  const shown = document.createElement("div");
  Object.assign(shown, {className: "toast", role: "status", textContent: words});
  document.body.append(shown);
  setTimeout(() => shown.remove(), ms);
}

async function send(form) {
  let said;
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, {method: "POST", body, headers: {Accept: "application/json"}});
    said = await answer.json();
  } catch (lost) {
    said = {ok: false, message: "Something went wrong. Please look whether it has happened before you try again."};
  }
  if (said.message && !said.to) toast(said.message, said.ms);
  if (said.to) location = said.to;
}

addEventListener("submit", event => {
  if (!("scripted" in event.target.dataset)) return;
  event.preventDefault();
  send(event.target);
});
addEventListener("click", event => {
  const button = event.target.closest("button");
  if (button?.dataset.opens) document.getElementById(button.dataset.opens).showModal();
  if (button && "closes" in button.dataset) button.closest("dialog").close();
});
