package org.ostraka.voting.load;

/** Makes voters' tokens, as the issuer does. */
@FunctionalInterface
public interface Tokens {
  /** Returns a token that names a voter. */
  String of(String voter);
}
