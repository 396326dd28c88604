package org.ostraka.model;

/** The two kinds of capacity: each has its own units and limits. */
public enum Traffic {
  READ("Read"),
  WRITE("Write");

  private final String word;

  Traffic(String word) {
    this.word = word;
  }

  /** Returns the kind as the API's words for throttling have it. */
  public String word() {
    return word;
  }
}
