package org.ostraka.voting.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * What has to be known of a Merkle tree to append to it: the roots of its largest complete
 * subtrees, one for each bit of its size, the largest first. Immutable.
 *
 * @param size the number of leaves
 */
public record Frontier(long size, List<Hash> roots) {
  public static final Frontier EMPTY = new Frontier(0, List.of());

  public Frontier {
    roots = List.copyOf(roots);
    if (size < 0 || roots.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException("a frontier has a root for each bit of its size");
    }
  }

  /** Returns the frontier with one leaf more. */
  public Frontier with(Hash leaf) {
    List<Hash> next = new ArrayList<>(roots);
    next.add(leaf);
    for (int merged = Long.numberOfTrailingZeros(size + 1); merged > 0; merged--) {
      Hash right = next.removeLast();
      next.add(Hash.ofNode(next.removeLast(), right));
    }
    return new Frontier(size + 1, next);
  }

  /** Returns the root of the tree. */
  public Hash root() {
    if (roots.isEmpty()) {
      return Hash.EMPTY_TREE;
    }
    Hash root = roots.getLast();
    for (int at = roots.size() - 2; at >= 0; at--) {
      root = Hash.ofNode(roots.get(at), root);
    }
    return root;
  }
}
