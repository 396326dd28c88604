import {ask, byId, election, make, number, say, time, voters} from "./common.js";

const address = `/operator/elections/${encodeURIComponent(election)}`;
let token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
if (token) {
  history.replaceState(null, "", location.pathname + location.search);
  await begin();
}

byId("sign-in").addEventListener("submit", async event => {
  event.preventDefault();
  const answer = await ask("/demo/token", {method: "POST", body: {name: byId("name").value}});
  if (answer.status !== 200) return say(answer.json.message ?? "The sign-in failed.", "bad");
  token = answer.json.token;
  await begin();
});

async function begin() {
  if (!await refresh()) return;
  byId("sign-in").hidden = true;
  byId("panel").hidden = false;
  byId("name-of-election").focus();
  setInterval(refresh, 2000);
}

/** Shows the status; returns false when the token is no operator's. */
async function refresh() {
  const {status, json: it} = await ask(address, {token}).catch(() => ({status: 503, json: {}}));
  if (status !== 200) {
    say(it.message ?? "The server does not answer.", "bad");
    return false;
  }
  if (byId("status").querySelector(".bad")) say("");
  show(it);
  return true;
}

function show(it) {
  byId("name-of-election").textContent = `${it.election.id} is ${it.election.state}`;
  byId("about").textContent =
    `From ${time(it.election.opens)} to ${time(it.election.closes)}; version ${it.election.version}. For ${
      it.election.voters.length ? `voters whose ${voters(it.election)}` : "everybody with a token"}.`;
  byId("open").disabled = it.election.state !== "announced";
  byId("close").disabled = it.election.state !== "open";
  const minute = it.lastMinute;
  const published = it.published.reduce((sum, one) => sum + one.entries, 0);
  byId("numbers").replaceChildren(
    figure("Votes counted", number(it.counted)),
    figure("Votes a second here", (minute.accepted / 60).toFixed(1)),
    figure("Refused in a minute", number(minute.refused)),
    figure("Errors in a minute", number(minute.failed)),
    figure("Mean time", `${number(minute.meanMillis)} ms`),
    figure("Longest time", `${number(minute.longestMillis)} ms`),
    figure("Records, not published", number(Math.max(0, it.records - published))),
    figure("Shards counted to the end", `${it.sealedShards} of ${it.shards}`),
    figure("Ballots changed", number(it.changedBallots)),
    figure("Rows passed over", number(it.forgedRows + it.unreadableTallies)));
  byId("published").replaceChildren(
    make("thead", {}, make("tr", {}, ...["Region", "Number", "Time", "Records"].map(title =>
      make("th", {scope: "col"}, title)))),
    make("tbody", {}, ...it.published.map(one => make("tr", {},
      make("th", {scope: "row"}, one.region), make("td", {}, number(one.number)),
      make("td", {}, new Date(one.time).toLocaleTimeString()), make("td", {}, number(one.entries))))));
}

function figure(title, value) {
  return make("div", {}, make("dt", {}, title), make("dd", {}, value));
}

async function change(action) {
  const {status, json} = await ask(`${address}/${action}`, {method: "POST", token});
  if (status !== 200) return say(json.message ?? "It did not work.", "bad");
  say(action === "open" ? "The election is open." : "The election closes in two seconds.", "good");
  await refresh();
}

byId("open").addEventListener("click", () => change("open"));
byId("close").addEventListener("click", () => byId("confirm").showModal());
byId("confirm").addEventListener("close", () => {
  if (byId("confirm").returnValue === "close") change("close");
});
