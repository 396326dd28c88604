package org.ostraka.voting.recount;

/**
 * Something that differs. Immutable.
 *
 * @param text a sentence that names it
 */
public record Finding(Kind kind, String text) {

  /** What it means for a ballot. */
  public enum Kind {
    /** A ballot that was there is not there. */
    LOST,
    /** A ballot was counted twice, or a voter has two. */
    DOUBLED,
    /** A ballot is not what it was. */
    ALTERED,
    /** Something else is not as it should be. */
    OTHER
  }
}
