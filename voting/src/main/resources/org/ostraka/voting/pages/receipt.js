import {ask, byId, make, number, say, time} from "./common.js";
import {isInLog, isReceiptSigned, isRootSigned, isShardPublished} from "./proof.js";

if (location.hash.length > 1) {
  byId("json").value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
}

byId("file").addEventListener("change", async event => {
  const file = event.target.files[0];
  if (file) byId("json").value = await file.text();
});

byId("form").addEventListener("submit", async event => {
  event.preventDefault();
  byId("steps").replaceChildren();
  let receipt;
  try {
    receipt = JSON.parse(byId("json").value);
  } catch {
    return say("This is no receipt.", "bad");
  }
  say("Checking…");
  try {
    await check(receipt);
  } catch (failed) {
    say(`The check failed: ${failed.message}`, "bad");
  }
});

async function check(receipt) {
  const {json: {ed25519: key}} = await ask("/receipt-key");
  const signed = await isReceiptSigned(receipt, key);
  step(signed, "The receipt is signed with the election's key.");
  if (signed === false) return say("This receipt is forged or damaged.", "bad");
  const {status, json: proof} =
    await ask(`/elections/${encodeURIComponent(receipt.election)}/proofs`, {method: "POST", body: receipt});
  if (status === 202) return say("The vote is stored. It is not under a published root yet: check again in a minute.");
  if (status === 409) return say(`Not in the count: ${proof.message}.`, "bad");
  if (status !== 200) return say(`No proof: ${proof.message}.`, "bad");
  const holds = [
    step(await isInLog(receipt, proof),
      `The vote is record ${number(proof.index + 1)} of ${number(proof.size)} in the log of shard ${proof.shard}.`),
    step(await isShardPublished(proof), `That log is under the root of all ${proof.shards} shards.`),
    step(await isRootSigned(receipt, proof, key),
      `That root was published as number ${proof.number} on ${time(proof.time)}, signed with the election's key.`)];
  if (holds.includes(false)) say("The proof does not hold: tell the election office.", "bad");
  else if (signed === null || holds.includes(null)) {
    say("This browser cannot check signatures: the check is not complete. Use another browser.", "bad");
  } else {
    const isNumber = /^[0-9a-f]{32}$/.test(receipt.voter);
    say(`${isNumber ? "Ballot" : "The vote of"} ${receipt.voter} is in the count.`, "good");
  }
}

/** Shows a step; null stands for what this browser cannot check. */
function step(holds, text) {
  const mark = holds === null ? "Not checked, this browser has no Ed25519: " : holds ? "✓ " : "✗ Not true: ";
  byId("steps").append(make("li", {className: holds === false ? "bad" : ""}, mark + text));
  return holds;
}
