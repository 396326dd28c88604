package org.ostraka.identity.policy;

import java.util.Locale;

/**
 * A pattern of actions, such as {@code dynamodb:*Item}, in which letter case does not count.
 * Immutable.
 */
public final class ActionPattern {
  private final String text;
  private final Glob glob;

  public ActionPattern(String text) {
    this.text = text;
    this.glob = new Glob.Builder().pattern(text.toLowerCase(Locale.ROOT)).build();
  }

  /** Returns whether the pattern covers an action such as {@code dynamodb:PutItem}. */
  public boolean matches(String action) {
    return glob.matches(action.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return text;
  }
}
