package org.ostraka.model.scaling;

import org.ostraka.model.Tags;

/** Lists the tags of a scalable target. */
public final class ListTagsForResource {
  private ListTagsForResource() {}

  /** The request. Immutable. */
  public record Request(String arn) {}

  /** The response. Immutable. */
  public record Response(Tags tags) {}
}
