package org.ostraka.model.scaling;

import java.util.List;

/** Removes tags of a scalable target. */
public final class UntagResource {
  private UntagResource() {}

  /** The request. Immutable. */
  public record Request(String arn, List<String> keys) {}

  /** The response. Immutable. */
  public record Response() {}
}
