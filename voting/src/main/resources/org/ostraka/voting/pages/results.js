import {ask, byId, election, make, number} from "./common.js";

const COLOURS = 6;
const SVG = "http://www.w3.org/2000/svg";
const address = `/elections/${encodeURIComponent(election)}/results`;
const MAX_PAUSE_SECONDS = 32;
let spoken = 0;
let errors = 0;

const first = await ask(address).catch(() => ({status: 503}));
if (first.status === 404) {
  byId("state").textContent = "There is no such election.";
} else {
  if (first.status === 200) show(first.json); else sayThatItIsLost();
  follow();
}

/** Shows the count as it changes. */
function follow() {
  const source = new EventSource(`${address}/stream`);
  source.onmessage = event => {
    errors = 0;
    show(JSON.parse(event.data));
  };
  source.onerror = () => {
    errors++;
    // A browser opens a stream again that has ended, but never one that was refused.
    if (source.readyState === EventSource.CLOSED) setTimeout(askAndFollow, pause());
    // The server ends each stream after some minutes, which is no error.
    else if (errors > 1) sayThatItIsLost();
  };
}

/** Asks for the count once, and opens another stream. */
async function askAndFollow() {
  const answer = await ask(address).catch(() => ({status: 503}));
  if (answer.status === 200) show(answer.json); else sayThatItIsLost();
  follow();
}

/** Returns milliseconds: a random part of a time that doubles with each error, so that many do not come back together. */
function pause() {
  return 1000 * (1 + Math.random() * Math.min(MAX_PAUSE_SECONDS, 2 ** errors));
}

function sayThatItIsLost() {
  byId("state").textContent = "The connection is lost; trying again…";
  spoken = 0;
}

function show(it) {
  byId("title").textContent = `Results of ${it.election}`;
  document.title = `Results of ${it.election} – Ostraka`;
  speak(it);
  const rows = it.candidates.map((candidate, at) => {
    const share = it.votes ? 100 * candidate.votes / it.votes : 0;
    const bar = make("span", {className: `bar k${at % COLOURS}`, ariaHidden: "true"});
    bar.style.width = `${share}%`;
    return make("tr", {},
      make("th", {scope: "row"}, candidate.name),
      make("td", {}, bar, make("span", {className: "hint"}, `${share.toFixed(1)} %`)),
      make("td", {className: "number"}, number(candidate.votes)));
  });
  update(byId("votes").tBodies[0], rows);
  byId("votes").tFoot.replaceChildren(make("tr", {},
    make("th", {scope: "row"}, "All"), make("td"), make("td", {className: "number"}, number(it.votes))));
  chart(it);
  table(byId("minutes"), "Minute", it.candidates, it.minutes.map(minute => [clock(minute.minute), minute.votes]));
  table(byId("regions"), "Region", it.candidates, it.regions.map(region => [region.region, region.votes]));
}

/** Says where the count stands; at most every ten seconds, so that screen readers are not talking all the time. */
function speak(it) {
  const state = it.complete ? "All votes are counted." : "The count goes on.";
  const text = `The election is ${it.state}. ${number(it.votes)} votes are counted. ${state}`;
  const changed = it.changedBallots ? ` ${number(it.changedBallots)} ballots were changed or removed!` : "";
  const isDue = Date.now() - spoken > 10_000 || it.complete;
  if (isDue && byId("state").textContent !== text + changed) {
    byId("state").textContent = text + changed;
    spoken = Date.now();
  }
}

/** Changes the widths and texts of rows that are there, so that bars move instead of jumping. */
function update(body, rows) {
  if (body.rows.length !== rows.length) return body.replaceChildren(...rows);
  rows.forEach((row, at) => {
    const old = body.rows[at];
    old.cells[0].textContent = row.cells[0].textContent;
    old.cells[1].firstChild.style.width = row.cells[1].firstChild.style.width;
    old.cells[1].lastChild.textContent = row.cells[1].lastChild.textContent;
    old.cells[2].textContent = row.cells[2].textContent;
  });
}

/** Draws a stacked bar for each of the last sixty minutes. */
function chart(it) {
  const svg = byId("chart");
  const minutes = lastHour(it.minutes);
  const highest = Math.max(1, ...minutes.map(minute => sum(minute.votes)));
  svg.setAttribute("viewBox", `0 0 ${60 * 10} 100`);
  const bars = [];
  minutes.forEach((minute, at) => {
    let top = 100;
    minute.votes.forEach((votes, candidate) => {
      const height = 96 * votes / highest;
      top -= height;
      if (votes) bars.push(bar(at * 10 + 1, top, height, candidate));
    });
  });
  svg.replaceChildren(...bars);
  const caption = it.candidates.flatMap((candidate, at) =>
    [make("span", {className: `swatch k${at % COLOURS}`}), `${candidate.name} `]);
  byId("chart-text").replaceChildren(
    `The last hour, minute by minute; at most ${number(highest)} votes in a minute. `, ...caption);
}

function bar(x, y, height, candidate) {
  const rect = document.createElementNS(SVG, "rect");
  for (const [key, value] of Object.entries({x, y, height, width: 8})) rect.setAttribute(key, value);
  rect.setAttribute("class", `k${candidate % COLOURS}`);
  return rect;
}

/** Returns sixty minutes up to the last one with votes, the empty ones too. */
function lastHour(minutes) {
  if (!minutes.length) return [];
  const byTime = new Map(minutes.map(minute => [Date.parse(minute.minute), minute.votes]));
  const end = Math.max(...byTime.keys());
  return Array.from({length: 60}, (_, at) => ({votes: byTime.get(end - (59 - at) * 60_000) ?? []}));
}

function table(to, title, candidates, rows) {
  const cells = values => values.map(value => make("td", {className: "number"}, number(value)));
  to.replaceChildren(
    make("thead", {}, make("tr", {}, make("th", {scope: "col"}, title),
      ...candidates.map(it => make("th", {scope: "col", className: "number"}, it.name)),
      make("th", {scope: "col", className: "number"}, "All"))),
    make("tbody", {}, ...rows.map(([name, votes]) =>
      make("tr", {}, make("th", {scope: "row"}, name), ...cells([...votes, sum(votes)])))));
}

function sum(votes) {
  return votes.reduce((a, b) => a + b, 0);
}

function clock(text) {
  return new Date(text).toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"});
}
