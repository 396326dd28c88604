package org.ostraka.engine.scaling;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ostraka.model.Caller;
import org.ostraka.model.Tags;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.TooManyTagsException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.scaling.ListTagsForResource;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.TagResource;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.model.scaling.UntagResource;

/** Carries out the operations on tags of scalable targets. Any thread. */
final class ScalingTags {
  private static final int MAX_TAGS = 50;
  private static final int MAX_KEY_CHARS = 128;
  private static final int MAX_VALUE_CHARS = 256;

  private final ScalingStore store;
  private final ScalingAccess access;

  ScalingTags(ScalingStore store, ScalingAccess access) {
    this.store = store;
    this.access = access;
  }

  /** Refuses tags that no target can have. */
  static void requireLegal(Tags tags) {
    tags.byKey()
        .forEach((key, value) -> {
          boolean legal =
              !key.isEmpty()
                  && key.length() <= MAX_KEY_CHARS
                  && value.length() <= MAX_VALUE_CHARS
                  && !key.toLowerCase(Locale.ROOT).startsWith("aws:");
          if (!legal) {
            throw new ValidationException("The tag is invalid, key: " + key);
          }
        });
    if (tags.size() > MAX_TAGS) {
      throw new TooManyTagsException("A scalable target may have " + MAX_TAGS + " tags");
    }
  }

  TagResource.Response tag(Caller caller, TagResource.Request request) {
    ScalableTarget target = find(caller, "TagResource", request.arn(), request.tags());
    change(target.key(), each -> each.withTags(legal(each.tags().with(request.tags()))));
    return new TagResource.Response();
  }

  private static Tags legal(Tags tags) {
    requireLegal(tags);
    return tags;
  }

  UntagResource.Response untag(Caller caller, UntagResource.Request request) {
    ScalableTarget target = find(caller, "UntagResource", request.arn(), Tags.NONE);
    change(target.key(), each -> each.withTags(each.tags().without(request.keys())));
    return new UntagResource.Response();
  }

  ListTagsForResource.Response list(Caller caller, ListTagsForResource.Request request) {
    return new ListTagsForResource.Response(
        find(caller, "ListTagsForResource", request.arn(), Tags.NONE).tags());
  }

  private void change(TargetKey key, UnaryOperator<ScalableTarget> change) {
    var _ = store.change(key, List.of(), present -> present.map(change));
  }

  private ScalableTarget find(Caller caller, String operation, String arn, Tags ofRequest) {
    Optional<ScalableTarget> target =
        store.of(caller.owner()).stream().filter(each -> each.arn().equals(arn)).findFirst();
    access.require(caller, operation, target, ofRequest);
    return target.orElseThrow(
        () -> new ResourceNotFoundException("The specified resource doesn't exist: " + arn));
  }
}
