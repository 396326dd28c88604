package org.ostraka.voting.count;

import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what is logged. Any thread. */
final class LoggedLines implements System.Logger {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Returns level and message of each line; one with a stack trace ends with its exception. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public String getName() {
    return "test";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    lines.add(level + " " + message + " - " + thrown);
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Object @Nullable ... parameters) {
    lines.add(level + " " + message);
  }
}
