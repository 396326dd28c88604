package org.ostraka.model.operation;

import java.util.List;

/** Adds tags to a table, or changes their values. */
public final class TagResource {
  private TagResource() {}

  /** The request. Immutable. */
  public record Request(String resourceArn, List<NewTag> tags) {
    public Request {
      tags = List.copyOf(tags);
    }
  }

  /** The response, which has no members. Immutable. */
  public record Response() {}
}
