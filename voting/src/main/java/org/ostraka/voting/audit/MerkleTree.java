package org.ostraka.voting.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 6962, section 2.1, over leaf hashes: its root, and the proofs that a leaf
 * is in it and that it begins with a smaller tree. Immutable.
 *
 * <p>Proofs are verified as RFC 9162, sections 2.1.3.2 and 2.1.4.2, says.
 */
public final class MerkleTree {
  /**
   * The roots of the complete subtrees, those of 2^k leaves in list k. A tree over the first leaves
   * has the same ones, so that it and any number of proofs cost no further hashes of them.
   */
  private final List<List<Hash>> complete;

  private final int size;

  public MerkleTree(List<Hash> leaves) {
    this(complete(leaves), leaves.size());
  }

  private MerkleTree(List<List<Hash>> complete, int size) {
    this.complete = complete;
    this.size = size;
  }

  private static List<List<Hash>> complete(List<Hash> leaves) {
    List<List<Hash>> complete = new ArrayList<>();
    List<Hash> level = List.copyOf(leaves);
    while (!level.isEmpty()) {
      complete.add(level);
      List<Hash> next = new ArrayList<>(level.size() / 2);
      for (int left = 0; left + 1 < level.size(); left += 2) {
        next.add(Hash.ofNode(level.get(left), level.get(left + 1)));
      }
      level = List.copyOf(next);
    }
    return List.copyOf(complete);
  }

  public int size() {
    return size;
  }

  /** Returns the tree over the first leaves. */
  public MerkleTree first(int leaves) {
    if (leaves < 0 || leaves > size) {
      throw new IllegalArgumentException("no tree of " + leaves + " of " + size + " leaves");
    }
    return new MerkleTree(complete, leaves);
  }

  /** Returns the root: MTH of section 2.1. */
  public Hash root() {
    return size == 0 ? Hash.EMPTY_TREE : root(0, size);
  }

  /** Returns the proof that a leaf is in the tree: PATH of section 2.1.1. */
  public List<Hash> inclusion(int index) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no leaf " + index);
    }
    List<Hash> proof = new ArrayList<>();
    int from = 0;
    int to = size;
    while (to - from > 1) {
      int middle = from + split(to - from);
      boolean isLeft = index < middle;
      proof.addFirst(isLeft ? root(middle, to) : root(from, middle));
      from = isLeft ? from : middle;
      to = isLeft ? middle : to;
    }
    return proof;
  }

  /** Returns the proof that the tree begins with its first leaves: PROOF of section 2.1.2. */
  public List<Hash> consistency(int smaller) {
    if (smaller < 1 || smaller > size) {
      throw new IllegalArgumentException("no smaller tree of size " + smaller);
    }
    List<Hash> proof = new ArrayList<>();
    int from = 0;
    int to = size;
    boolean isKnown = true;
    while (smaller != to) {
      int middle = from + split(to - from);
      boolean isLeft = smaller <= middle;
      proof.addFirst(isLeft ? root(middle, to) : root(from, middle));
      isKnown = isKnown && isLeft;
      from = isLeft ? from : middle;
      to = isLeft ? middle : to;
    }
    if (!isKnown) {
      proof.addFirst(root(from, to));
    }
    return proof;
  }

  /** Returns whether a proof shows that a tree of this size and root has the leaf at the index. */
  public static boolean includes(Hash leaf, long index, long size, List<Hash> proof, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash other : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = Hash.ofNode(other, hash);
        int skipped = (node & 1) == 1 ? 0 : Long.numberOfTrailingZeros(node);
        node >>= skipped;
        last >>= skipped;
      } else {
        hash = Hash.ofNode(hash, other);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /**
   * Returns whether a proof shows that the tree of the second size and root begins with the tree of
   * the first.
   */
  public static boolean isConsistent(
      long firstSize, Hash first, long secondSize, Hash second, List<Hash> proof) {
    if (firstSize < 1 || firstSize > secondSize) {
      return false;
    }
    if (firstSize == secondSize) {
      return proof.isEmpty() && first.equals(second);
    }
    List<Hash> path = new ArrayList<>(proof);
    if (Long.bitCount(firstSize) == 1) {
      path.addFirst(first);
    }
    int skipped = Long.numberOfTrailingZeros(firstSize);
    return !path.isEmpty()
        && isConsistent(
            (firstSize - 1) >> skipped, (secondSize - 1) >> skipped, first, second, path);
  }

  private static boolean isConsistent(
      long firstNode, long secondNode, Hash first, Hash second, List<Hash> path) {
    long node = firstNode;
    long last = secondNode;
    Hash fromFirst = path.getFirst();
    Hash fromSecond = path.getFirst();
    for (Hash other : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        fromFirst = Hash.ofNode(other, fromFirst);
        fromSecond = Hash.ofNode(other, fromSecond);
        // A node without a sibling has the same hash as the node above it.
        int skipped = (node & 1) == 1 || node == 0 ? 0 : Long.numberOfTrailingZeros(node);
        node >>= skipped;
        last >>= skipped;
      } else {
        fromSecond = Hash.ofNode(fromSecond, other);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && fromFirst.equals(first) && fromSecond.equals(second);
  }

  private Hash root(int from, int to) {
    if (Integer.bitCount(to - from) == 1) {
      int level = Integer.numberOfTrailingZeros(to - from);
      return complete.get(level).get(from >> level);
    }
    int middle = from + split(to - from);
    return Hash.ofNode(root(from, middle), root(middle, to));
  }

  /** Returns the largest power of two below a size. */
  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }
}
