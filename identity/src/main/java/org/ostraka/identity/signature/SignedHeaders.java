package org.ostraka.identity.signature;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.ostraka.model.error.InvalidSignatureException;

/**
 * The names of the headers that a signature covers, in lower case and in order. Each name occurs
 * once, so that their canonical text is not longer than the header fields. Immutable.
 */
record SignedHeaders(List<String> names) {
  private static final String TARGET = "X-Amz-Target";

  /** Reads the names, which semicolons separate. */
  static SignedHeaders of(String text) {
    TreeSet<String> names = new TreeSet<>();
    for (String name : text.toLowerCase(Locale.ROOT).split(";")) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return new SignedHeaders(List.copyOf(names));
  }

  /**
   * Refuses a signature that leaves out the host, or the target, which says what the body means.
   */
  void requireIn(SignedRequest request) {
    if (!names.contains("host")) {
      throw new InvalidSignatureException(
          "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    if (!names.contains(TARGET.toLowerCase(Locale.ROOT))
        && !request.headers().all(TARGET).isEmpty()) {
      throw new InvalidSignatureException(
          "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");
    }
  }

  /** Returns the names as they are signed. */
  String text() {
    return String.join(";", names);
  }
}
