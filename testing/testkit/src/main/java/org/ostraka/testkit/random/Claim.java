package org.ostraka.testkit.random;

import java.util.List;

/**
 * A claim about every list of operations. Each check starts anew and does not depend on earlier
 * checks.
 *
 * @param <O> an operation; a failure prints its text
 */
@FunctionalInterface
public interface Claim<O> {
  /** Carries out the operations and throws unless the claim holds. */
  void check(List<O> operations) throws Exception;
}
