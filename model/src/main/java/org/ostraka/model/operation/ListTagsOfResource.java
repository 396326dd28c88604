package org.ostraka.model.operation;

import org.ostraka.model.Tags;

/** Returns the tags of a table, all at once. */
public final class ListTagsOfResource {
  private ListTagsOfResource() {}

  /** The request. Immutable. */
  public record Request(String resourceArn) {}

  /** The response. Immutable. */
  public record Response(Tags tags) {}
}
