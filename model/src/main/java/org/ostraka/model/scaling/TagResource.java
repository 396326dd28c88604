package org.ostraka.model.scaling;

import org.ostraka.model.Tags;

/** Adds tags to a scalable target. */
public final class TagResource {
  private TagResource() {}

  /** The request. Immutable. */
  public record Request(String arn, Tags tags) {}

  /** The response. Immutable. */
  public record Response() {}
}
