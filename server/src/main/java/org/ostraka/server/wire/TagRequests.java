package org.ostraka.server.wire;

import java.util.List;
import org.ostraka.model.Limits;
import org.ostraka.model.operation.NewTag;

/**
 * The common parts of the requests about tags. Stateless.
 *
 * <p>The service's model requires a tag's members and limits their lengths. The service checks both
 * later, with texts of their own.
 */
final class TagRequests {
  private static final Shape.Structure TAG =
      new Shape.Structure(
          "Tag",
          Shape.Member.optional("Key", Shapes.TEXT),
          Shape.Member.optional("Value", Shapes.TEXT));

  static final Shape TAGS = new Shape.ListOf(TAG, 0, Integer.MAX_VALUE);

  static final Shape TAG_KEYS = new Shape.ListOf(Shapes.TEXT, 0, Integer.MAX_VALUE);

  static final Shape.Member RESOURCE_ARN =
      Shape.Member.required(
          "ResourceArn",
          new Shape.Text(TextRule.atLeast(1), TextRule.atMost(Limits.RESOURCE_ARN_MAX_CHARS)));

  private TagRequests() {}

  /** Returns the tags of a request; empty when it has none. */
  static List<NewTag> tags(Members request) {
    return request.structures("Tags").stream()
        .map(tag -> new NewTag(tag.text("Key"), tag.text("Value")))
        .toList();
  }
}
