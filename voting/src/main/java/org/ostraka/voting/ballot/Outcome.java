package org.ostraka.voting.ballot;

import org.ostraka.voting.receipt.Receipt;

/** What became of a vote. */
public sealed interface Outcome {

  /** The vote is stored, now or before, in as many regions as a receipt needs. */
  record Stored(Receipt receipt, boolean isNew) implements Outcome {}

  /** The voter has voted for another candidate or with another number before; that vote stays. */
  record VotedOtherwise() implements Outcome {}

  /** Nothing was stored: another ballot has the number. The voter has not voted. */
  record NumberTaken() implements Outcome {}

  /** The election is not open. */
  record NotOpen() implements Outcome {}

  /** The election has no such candidate. */
  record NoSuchCandidate() implements Outcome {}

  /** The vote may be stored or not: the voter sends it again, which is safe. */
  record Unknown(String reason) implements Outcome {}

  /**
   * Nothing was stored: this server knows no endpoint for the region that accepts the voter's vote.
   */
  record NotHere(String region) implements Outcome {}
}
