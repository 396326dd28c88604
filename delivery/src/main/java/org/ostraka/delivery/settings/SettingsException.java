package org.ostraka.delivery.settings;

import java.util.List;

/** The configuration of triggers, sinks or peers has mistakes: all of them, each with its place. */
public final class SettingsException extends RuntimeException {
  private final List<String> problems;

  SettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns each mistake, as its place, a colon, and the reason. */
  public List<String> problems() {
    return problems;
  }
}
