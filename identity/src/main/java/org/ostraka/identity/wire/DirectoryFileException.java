package org.ostraka.identity.wire;

/** A file of accounts cannot be used. The message begins with the place in it. */
public final class DirectoryFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;

  DirectoryFileException(int line, int column, String why) {
    super("line " + line + ", column " + column + ": " + why);
    this.why = "line " + line + ", column " + column + ": " + why;
  }

  static DirectoryFileException at(JsonNode node, String why) {
    return new DirectoryFileException(node.line(), node.column(), why);
  }

  /** Returns the message. */
  public String why() {
    return why;
  }
}
