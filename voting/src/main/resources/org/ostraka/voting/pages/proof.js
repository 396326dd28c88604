// Checks receipts and proofs: Ed25519 (RFC 8032), Merkle trees (RFC 6962 and RFC 9162, section 2.1.3.2).

const utf8 = text => new TextEncoder().encode(text);
const fromBase64 = text => Uint8Array.from(atob(text), it => it.charCodeAt(0));
const fromHex = text => Uint8Array.from(text.match(/../g) ?? [], it => parseInt(it, 16));
const toHex = bytes => [...bytes].map(it => it.toString(16).padStart(2, "0")).join("");
const sha256 = async bytes => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const node = (left, right) => sha256(Uint8Array.of(1, ...left, ...right));
const leaf = bytes => sha256(Uint8Array.of(0, ...bytes));
const join = texts => texts.map(it => `${it.length}:${it}\n`).join("");

/** Returns whether a text was signed; null when this browser has no Ed25519. */
async function isSigned(text, signature, key) {
  if (!crypto.subtle) return null;
  try {
    const imported = await crypto.subtle.importKey("spki", fromBase64(key), {name: "Ed25519"}, false, ["verify"]);
    return await crypto.subtle.verify({name: "Ed25519"}, imported, fromBase64(signature), utf8(text));
  } catch (failed) {
    if (failed.name === "NotSupportedError") return null;
    return false;
  }
}

/** Returns whether the key signed a receipt. */
export function isReceiptSigned(it, key) {
  const parts = [it.election, it.voter, it.candidate, it.cast, it.region, String(it.epoch)];
  const text = "ostraka-voting-receipt-1" + parts.map(part => `\n${part.length}:${part}`).join("");
  return isSigned(text, it.signature, key);
}

/** Returns whether the key signed the published root that a proof leads to. */
export function isRootSigned(receipt, proof, key) {
  const text = join(["ostraka-voting-roots-1", receipt.election, receipt.region, String(proof.number), proof.time,
    proof.previous, String(proof.shards), proof.top]);
  return isSigned(text, proof.signature, key);
}

/** Returns whether the path leads from a leaf to a root. */
async function includes(hash, index, size, path, root) {
  if (index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  for (const text of path) {
    if (last === 0) return false;
    const other = fromHex(text);
    if (at % 2 === 1 || at === last) {
      hash = await node(other, hash);
      while (at % 2 === 0 && at !== 0) { at = Math.floor(at / 2); last = Math.floor(last / 2); }
    } else {
      hash = await node(hash, other);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && toHex(hash) === root;
}

/** Returns whether the ballot of a receipt is in the log of its shard. */
export async function isInLog(receipt, proof) {
  const entry = join(["CAST", receipt.voter, receipt.candidate, receipt.cast, String(receipt.epoch)]);
  return includes(await leaf(utf8(entry)), proof.index, proof.size, proof.path, proof.root);
}

/** Returns whether the log of the shard is under the published root. */
export async function isShardPublished(proof) {
  const state = new Uint8Array(40);
  new DataView(state.buffer).setBigUint64(0, BigInt(proof.size));
  state.set(fromHex(proof.root), 8);
  return includes(await leaf(state), proof.shard, proof.shards, proof.shardPath, proof.top);
}
