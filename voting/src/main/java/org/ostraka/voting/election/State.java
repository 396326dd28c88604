package org.ostraka.voting.election;

/** How far an election has come. It never goes back. */
public enum State {
  /** Declared; it has not opened yet. */
  ANNOUNCED,
  /** It accepts votes. */
  OPEN,
  /** It accepts no votes any more. */
  CLOSED,
  /** Its result was recounted and published. */
  CERTIFIED
}
