package org.ostraka.server.wire;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.scaling.DeleteScheduledAction;
import org.ostraka.model.scaling.DescribeScheduledActions;
import org.ostraka.model.scaling.PutScheduledAction;
import org.ostraka.model.scaling.ScheduledAction;
import org.ostraka.model.scaling.TargetKey;

/** The operations on scheduled actions on the wire. Stateless. */
final class ScheduledActionCodecs {
  private static final String BOUNDS = "ScalableTargetAction";

  private ScheduledActionCodecs() {}

  static ScalingCodec<PutScheduledAction.Request, PutScheduledAction.Response> put() {
    return ScalingCodec.withoutAnswer(
        new Shape.Structure(
            "PutScheduledActionRequest",
            ScalingShapes.NAMESPACE,
            Shape.Member.optional("Schedule", ScalingShapes.ID),
            Shape.Member.optional("Timezone", ScalingShapes.ID),
            ScalingShapes.ACTION,
            ScalingShapes.RESOURCE,
            ScalingShapes.DIMENSION,
            Shape.Member.optional("StartTime", new Shape.Moment()),
            Shape.Member.optional("EndTime", new Shape.Moment()),
            Shape.Member.optional(
                BOUNDS,
                new Shape.Structure(
                    BOUNDS,
                    Shape.Member.optional("MinCapacity", ScalingShapes.NUMBER),
                    Shape.Member.optional("MaxCapacity", ScalingShapes.NUMBER)))),
        members ->
            new PutScheduledAction.Request(
                members.requiredText("ScheduledActionName"),
                ScalingShapes.target(members),
                members.text("Schedule"),
                members.text("Timezone"),
                members.moment("StartTime"),
                members.moment("EndTime"),
                bounds(members.structure(BOUNDS))));
  }

  private static PutScheduledAction.@Nullable Bounds bounds(@Nullable Members members) {
    return members == null
        ? null
        : new PutScheduledAction.Bounds(members.whole("MinCapacity"), members.whole("MaxCapacity"));
  }

  static ScalingCodec<DeleteScheduledAction.Request, DeleteScheduledAction.Response> delete() {
    return ScalingCodec.withoutAnswer(
        ScalingShapes.named("DeleteScheduledActionRequest", ScalingShapes.ACTION),
        members ->
            new DeleteScheduledAction.Request(
                members.requiredText("ScheduledActionName"), ScalingShapes.target(members)));
  }

  static ScalingCodec<DescribeScheduledActions.Request, DescribeScheduledActions.Response>
      describe() {
    return new ScalingCodec<>(
        ScalingShapes.described(
            "DescribeScheduledActionsRequest",
            Shape.Member.optional("ScheduledActionNames", ScalingShapes.IDS)),
        members ->
            new DescribeScheduledActions.Request(
                ScalingShapes.namespace(members),
                members.texts("ScheduledActionNames"),
                members.text("ResourceId"),
                members.text("ScalableDimension"),
                ScalingShapes.paging(members)),
        (response, json) ->
            ScalingShapes.page(
                json,
                "ScheduledActions",
                response.actions(),
                response.nextToken(),
                each -> action(json, each.target(), each.action())));
  }

  private static void action(JsonOutput json, TargetKey target, ScheduledAction action) {
    json.writeStringProperty("ScheduledActionName", action.name());
    json.writeStringProperty("ScheduledActionARN", action.arn(target));
    ScalingShapes.key(json, target);
    json.writeStringProperty("Schedule", action.schedule());
    action.timezone().ifPresent(zone -> json.writeStringProperty("Timezone", zone));
    action.start().ifPresent(start -> TableWriter.instant(json, "StartTime", start));
    action.end().ifPresent(end -> TableWriter.instant(json, "EndTime", end));
    json.writeName(BOUNDS).writeStartObject();
    units(json, "MinCapacity", action.min());
    units(json, "MaxCapacity", action.max());
    json.writeEndObject();
    TableWriter.instant(json, "CreationTime", action.created());
  }

  private static void units(JsonOutput json, String name, OptionalLong units) {
    units.ifPresent(number -> json.writeNumberProperty(name, number));
  }
}
