package org.ostraka.conformance;

import java.util.Map;

/** The root key of the servers that verify signatures. Stateless. */
final class RootKey {
  static final String ID = "AKIDOSTRAKA";
  static final String SECRET = "never-shown/XyZ+0123456789abcdefghijklmn";

  /** The variables that turn verification on. */
  static final Map<String, String> ENVIRONMENT =
      Map.of("OSTRAKA_ROOT_ACCESS_KEY_ID", ID, "OSTRAKA_ROOT_SECRET_ACCESS_KEY", SECRET);

  private RootKey() {}
}
