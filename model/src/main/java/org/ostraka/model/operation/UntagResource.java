package org.ostraka.model.operation;

import java.util.List;

/** Removes tags from a table. */
public final class UntagResource {
  private UntagResource() {}

  /** The request. Immutable. */
  public record Request(String resourceArn, List<String> tagKeys) {
    public Request {
      tagKeys = List.copyOf(tagKeys);
    }
  }

  /** The response, which has no members. Immutable. */
  public record Response() {}
}
