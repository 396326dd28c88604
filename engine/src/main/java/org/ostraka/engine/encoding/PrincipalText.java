package org.ostraka.engine.encoding;

import org.ostraka.model.Principal;
import org.ostraka.storage.CorruptDataException;

/** Principals as text, as records of changes store them. Part of the format on disk. Stateless. */
public final class PrincipalText {
  private static final String ACCESS_KEY = "key:";
  private static final String SERVICE = "service:";

  private PrincipalText() {}

  public static String of(Principal principal) {
    return switch (principal) {
      case Principal.AccessKey(String id) -> ACCESS_KEY + id;
      case Principal.Service(String name) -> SERVICE + name;
    };
  }

  /**
   * Returns the principal of a text.
   *
   * @throws CorruptDataException when the text is not one that {@link #of} returns
   */
  public static Principal principal(String text) {
    if (text.startsWith(ACCESS_KEY)) {
      return new Principal.AccessKey(text.substring(ACCESS_KEY.length()));
    }
    if (text.startsWith(SERVICE)) {
      return new Principal.Service(text.substring(SERVICE.length()));
    }
    throw new CorruptDataException("a stored principal is of no known kind");
  }
}
