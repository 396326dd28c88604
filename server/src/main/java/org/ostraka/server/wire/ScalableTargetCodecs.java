package org.ostraka.server.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.Tags;
import org.ostraka.model.scaling.DeregisterScalableTarget;
import org.ostraka.model.scaling.DescribeScalableTargets;
import org.ostraka.model.scaling.ListTagsForResource;
import org.ostraka.model.scaling.RegisterScalableTarget;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.TagResource;
import org.ostraka.model.scaling.UntagResource;

/** The operations on scalable targets and their tags on the wire. Stateless. */
final class ScalableTargetCodecs {
  private static final Shape SUSPENDED =
      new Shape.Structure(
          "SuspendedState",
          Shape.Member.optional("DynamicScalingInSuspended", Shapes.FLAG),
          Shape.Member.optional("DynamicScalingOutSuspended", Shapes.FLAG),
          Shape.Member.optional("ScheduledScalingSuspended", Shapes.FLAG));

  private ScalableTargetCodecs() {}

  static ScalingCodec<RegisterScalableTarget.Request, RegisterScalableTarget.Response> register() {
    return new ScalingCodec<>(
        new Shape.Structure(
            "RegisterScalableTargetRequest",
            ScalingShapes.NAMESPACE,
            ScalingShapes.RESOURCE,
            ScalingShapes.DIMENSION,
            Shape.Member.optional("MinCapacity", ScalingShapes.NUMBER),
            Shape.Member.optional("MaxCapacity", ScalingShapes.NUMBER),
            Shape.Member.optional("RoleARN", ScalingShapes.ID),
            Shape.Member.optional("SuspendedState", SUSPENDED),
            Shape.Member.optional("Tags", Shapes.TEXT_MAP)),
        members ->
            new RegisterScalableTarget.Request(
                ScalingShapes.target(members),
                members.whole("MinCapacity"),
                members.whole("MaxCapacity"),
                members.text("RoleARN"),
                suspension(members.structure("SuspendedState")),
                tags(members)),
        (response, json) -> json.writeStringProperty("ScalableTargetARN", response.arn()));
  }

  private static @Nullable Tags tags(Members members) {
    return members.values().containsKey("Tags") ? ScalingShapes.tags(members) : null;
  }

  private static RegisterScalableTarget.@Nullable Suspension suspension(@Nullable Members members) {
    return members == null
        ? null
        : new RegisterScalableTarget.Suspension(
            members.flag("DynamicScalingInSuspended"),
            members.flag("DynamicScalingOutSuspended"),
            members.flag("ScheduledScalingSuspended"));
  }

  static ScalingCodec<DeregisterScalableTarget.Request, DeregisterScalableTarget.Response>
      deregister() {
    return ScalingCodec.withoutAnswer(
        ScalingShapes.named("DeregisterScalableTargetRequest"),
        members -> new DeregisterScalableTarget.Request(ScalingShapes.target(members)));
  }

  static ScalingCodec<DescribeScalableTargets.Request, DescribeScalableTargets.Response>
      describe() {
    return new ScalingCodec<>(
        new Shape.Structure(
            "DescribeScalableTargetsRequest",
            ScalingShapes.NAMESPACE,
            Shape.Member.optional("ResourceIds", ScalingShapes.IDS),
            ScalingShapes.SOME_DIMENSION,
            ScalingShapes.MAX_RESULTS,
            ScalingShapes.NEXT_TOKEN),
        members ->
            new DescribeScalableTargets.Request(
                ScalingShapes.namespace(members),
                members.texts("ResourceIds"),
                members.text("ScalableDimension"),
                ScalingShapes.paging(members)),
        (response, json) ->
            ScalingShapes.page(
                json,
                "ScalableTargets",
                response.targets(),
                response.nextToken(),
                target -> target(json, target)));
  }

  private static void target(JsonOutput json, ScalableTarget target) {
    ScalingShapes.key(json, target.key());
    json.writeNumberProperty("MinCapacity", target.min());
    json.writeNumberProperty("MaxCapacity", target.max());
    json.writeStringProperty("RoleARN", target.roleArn());
    TableWriter.instant(json, "CreationTime", target.created());
    json.writeName("SuspendedState").writeStartObject();
    json.writeBooleanProperty("DynamicScalingInSuspended", target.suspended().in());
    json.writeBooleanProperty("DynamicScalingOutSuspended", target.suspended().out());
    json.writeBooleanProperty("ScheduledScalingSuspended", target.suspended().scheduled());
    json.writeEndObject();
    json.writeStringProperty("ScalableTargetARN", target.arn());
  }

  static ScalingCodec<TagResource.Request, TagResource.Response> tag() {
    return ScalingCodec.withoutAnswer(
        new Shape.Structure(
            "TagResourceRequest",
            ScalingShapes.ARN,
            Shape.Member.required("Tags", Shapes.TEXT_MAP)),
        members ->
            new TagResource.Request(
                members.requiredText("ResourceARN"), ScalingShapes.tags(members)));
  }

  static ScalingCodec<UntagResource.Request, UntagResource.Response> untag() {
    return ScalingCodec.withoutAnswer(
        new Shape.Structure(
            "UntagResourceRequest",
            ScalingShapes.ARN,
            Shape.Member.required("TagKeys", new Shape.ListOf(ScalingShapes.ID, 0, 200))),
        members -> {
          List<String> keys = members.texts("TagKeys");
          return new UntagResource.Request(
              members.requiredText("ResourceARN"), keys == null ? List.of() : keys);
        });
  }

  static ScalingCodec<ListTagsForResource.Request, ListTagsForResource.Response> listTags() {
    return new ScalingCodec<>(
        new Shape.Structure("ListTagsForResourceRequest", ScalingShapes.ARN),
        members -> new ListTagsForResource.Request(members.requiredText("ResourceARN")),
        (response, json) -> {
          json.writeName("Tags").writeStartObject();
          response.tags().byKey().forEach(json::writeStringProperty);
          json.writeEndObject();
        });
  }
}
