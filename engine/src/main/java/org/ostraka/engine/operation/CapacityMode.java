package org.ostraka.engine.operation;

import java.util.Optional;

/** What is done with requests for which the service would have no capacity. */
public enum CapacityMode {
  /** They are carried out, and nobody looks whether there would be capacity. */
  OFF("off"),
  /** They are counted and carried out. */
  REPORT("report"),
  /** They are refused, as the service does. */
  ENFORCE("enforce");

  /** The tag of a table that has a mode of its own. */
  public static final String TAG = "ostraka:capacity";

  private final String word;

  CapacityMode(String word) {
    this.word = word;
  }

  /** Returns the mode as options and tags have it. */
  public String word() {
    return word;
  }

  /** Returns the mode of a word; empty for another word. */
  public static Optional<CapacityMode> of(String word) {
    for (CapacityMode each : values()) {
      if (each.word.equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
