package org.ostraka.testkit.random;

import java.util.List;

/**
 * Something said of every list of operations. Repeatable: it starts from nothing each time it is
 * checked.
 *
 * @param <O> an operation; its text is what a person reads when the claim is refuted
 */
@FunctionalInterface
public interface Claim<O> {
  /** Carries out the operations, and throws unless what is claimed is true of them. */
  void check(List<O> operations) throws Exception;
}
