// What all pages share: the election in the address, requests, and making elements.

const params = new URLSearchParams(location.search);

/** The election that the address names; empty when it names none. */
export const election = params.get("election") ?? "";

/** Returns the element with an id. */
export const byId = id => document.getElementById(id);

/** Makes an element with properties and children; texts are never read as HTML. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value; else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** Sends a request; returns the status and the JSON of the answer. */
export async function ask(path, {method = "GET", token, body} = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(path, {method, headers, body: body && JSON.stringify(body)});
  const json = await response.json().catch(() => ({}));
  return {status: response.status, json, retryAfter: Number(response.headers.get("Retry-After")) || 0};
}

/** Says something in the page's status line. */
export function say(text, kind = "") {
  byId("status").replaceChildren(make("p", {className: kind}, text));
}

const MAX_VALUES = 20;

/** Returns in words which voters an election is for: one of the values of each claim. */
export const voters = it => it.voters.map(({claim, values}) => {
  const more = values.length - MAX_VALUES;
  const named = values.slice(0, MAX_VALUES).join(" or ");
  return `${claim} is ${named}${more > 0 ? ` or one of ${number(more)} others` : ""}`;
}).join(", and whose ");

/** Returns a number as people of the page's reader write it. */
export const number = value => value.toLocaleString();

/** Returns a moment as a reader's own time. */
export const time = text => new Date(text).toLocaleString([], {dateStyle: "medium", timeStyle: "short"});

const pages = [["vote", "Vote"], ["receipt", "Check a receipt"], ["results", "Results"], ["operator", "Operator"]];
for (const [file, title] of pages) {
  const isHere = location.pathname.endsWith(`/${file}.html`);
  const link = make("a", {href: `${file}.html${election && `?election=${encodeURIComponent(election)}`}`}, title);
  if (isHere) link.setAttribute("aria-current", "page");
  if (election || file === "receipt") byId("nav").append(link);
}
