package org.ostraka.identity.directory;

/** The kinds of entities. The names are part of the format on disk. */
public enum EntityKind {
  USER("user"),
  GROUP("group"),
  ROLE("role"),
  POLICY("policy"),
  PROVIDER("OIDC provider"),
  ACCESS_KEY("access key");

  private final String noun;

  EntityKind(String noun) {
    this.noun = noun;
  }

  /** Returns the word for such an entity in messages. */
  public String noun() {
    return noun;
  }
}
