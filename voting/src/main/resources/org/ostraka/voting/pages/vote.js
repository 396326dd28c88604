import {ask, byId, election, make, say, time, voters} from "./common.js";

// A voter comes with a token in the fragment of the address, which no server sees; in the demo a name is enough.
let token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
if (token) history.replaceState(null, "", location.pathname + location.search);

const {status, json: it} = await ask(`/elections/${encodeURIComponent(election)}`);
if (status !== 200) {
  byId("about").textContent = "There is no such election.";
} else if (it.state !== "open") {
  byId("about").textContent = `Election ${it.id} is ${it.state}.`;
} else {
  byId("about").textContent = `${it.secret ? "Secret election" : "Election"} ${it.id}, open until ${time(it.closes)}.`;
  byId("voters").textContent = `This election is for voters whose ${voters(it)}. Your sign-in must say so.`;
  byId("voters").hidden = it.voters.length === 0;
  byId("secret-hint").hidden = !it.secret;
  byId("candidates").replaceChildren(...it.candidates.map(choice));
  show();
}

function show() {
  byId("sign-in").hidden = token !== "";
  byId("ballot").hidden = token === "";
}

function choice(name) {
  return make("label", {className: "choice"},
    make("input", {type: "radio", name: "candidate", value: name, required: true}), name);
}

byId("sign-in").addEventListener("submit", async event => {
  event.preventDefault();
  const answer = await ask("/demo/token", {method: "POST", body: {name: byId("name").value}});
  if (answer.status !== 200) return say(answer.json.message ?? "The sign-in failed.", "bad");
  token = answer.json.token;
  say(`Signed in as ${byId("name").value}.`);
  show();
  document.querySelector("input[name=candidate]").focus();
});

byId("ballot").addEventListener("submit", async event => {
  event.preventDefault();
  const button = event.target.querySelector("button");
  button.disabled = true;
  say("Casting your vote…");
  try {
    await cast(new FormData(event.target).get("candidate"));
  } finally {
    button.disabled = false;
  }
});

/** Casts the vote; repeats it when the answer is not clear, which is safe: it counts once. */
async function cast(candidate) {
  const key = await numberKey();
  for (let attempt = 0; attempt < 5; attempt++) {
    const answer = await ask(`/elections/${encodeURIComponent(election)}/votes`,
      {method: "POST", token, body: it.secret ? {candidate, ballot: number(key)} : {candidate}}).catch(() => ({status: 503, json: {}}));
    if (answer.status === 200 || answer.status === 201) return stored(answer.json, key);
    if (answer.status === 422) {
      localStorage.removeItem(key);
      continue;
    }
    if (answer.status < 500) return say(`Your vote was not stored: ${answer.json.message}.`, "bad");
    if (attempt < 4) await rest(attempt, answer.retryAfter ?? 0);
  }
  say("No clear answer. Please cast the same vote again in a while: it counts once.", "bad");
}

/** Waits before the next attempt, and for as long as the server asks. */
async function rest(attempt, retryAfter) {
  const seconds = Math.max(0.5 * 2 ** attempt, retryAfter);
  say(seconds < 10 ? "No clear answer yet; trying again…" : `Many vote at this moment; trying again in ${seconds} seconds…`);
  await new Promise(resolve => setTimeout(resolve, 1000 * seconds));
}

/** Returns where this voter's number is kept: each voter of a device has an own one, in every tab. */
async function numberKey() {
  let voter = token;
  try {
    voter = JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).sub ?? token;
  } catch {
    // The server refuses this token.
  }
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${election} ${voter}`));
  return `ballot of ${election} ${hex(new Uint8Array(hash))}`;
}

const hex = bytes => [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");

/** Returns the random number of this voter's ballot, the same for each attempt. */
function number(key) {
  const before = localStorage.getItem(key);
  if (before) return before;
  const made = hex(crypto.getRandomValues(new Uint8Array(16)));
  localStorage.setItem(key, made);
  return made;
}

function stored(receipt, key) {
  localStorage.removeItem(key);
  const text = JSON.stringify(receipt);
  byId("ballot").hidden = true;
  say("");
  byId("receipt-text").textContent = it.secret
    ? `Ballot ${receipt.voter} is for ${receipt.candidate}. Only you know that it is yours.`
    : `${receipt.voter} voted for ${receipt.candidate} on ${time(receipt.cast)}.`;
  byId("receipt-json").value = text;
  byId("download").href = URL.createObjectURL(new Blob([text], {type: "application/json"}));
  byId("check").href = `receipt.html?election=${encodeURIComponent(election)}#${encodeURIComponent(text)}`;
  byId("receipt").hidden = false;
  byId("receipt-title").focus();
}
