package org.ostraka.storage.archive;

import java.util.regex.Pattern;

/**
 * The rule for names of objects: parts of letters, digits, hyphens and dots, joined by slashes. No
 * part begins with a dot. Stateless.
 */
final class ObjectName {
  private static final Pattern SYNTAX =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private ObjectName() {}

  static boolean isLegal(String name) {
    return SYNTAX.matcher(name).matches();
  }

  static void require(String name) {
    if (!isLegal(name)) {
      throw new IllegalArgumentException("an object of an archive cannot be called " + name);
    }
  }
}
