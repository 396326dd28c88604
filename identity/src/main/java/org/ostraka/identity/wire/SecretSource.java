package org.ostraka.identity.wire;

/** Finds secrets that a file of accounts keeps elsewhere. */
public interface SecretSource {
  /**
   * Returns the text of a file, which is named beside the file of accounts.
   *
   * @throws IllegalArgumentException when it cannot be read; the message says why
   */
  String file(String path);

  /**
   * Returns a variable of the environment.
   *
   * @throws IllegalArgumentException when it is not set
   */
  String variable(String name);
}
