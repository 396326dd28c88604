package org.ostraka.engine.scaling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.scaling.ConsumedUnits.Counted;
import org.ostraka.model.AccountId;
import org.ostraka.model.Bytes;
import org.ostraka.model.IndexName;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.Tags;
import org.ostraka.model.Traffic;
import org.ostraka.model.scaling.ScalableDimension;
import org.ostraka.model.scaling.ScalableResource;
import org.ostraka.model.scaling.ScalableTarget;
import org.ostraka.model.scaling.ScalingActivity;
import org.ostraka.model.scaling.ScalingPolicy;
import org.ostraka.model.scaling.ScheduledAction;
import org.ostraka.model.scaling.SuspendedState;
import org.ostraka.model.scaling.TargetKey;
import org.ostraka.model.scaling.TargetTracking;
import org.ostraka.storage.CorruptDataException;

/** Scalable targets, activities and consumption as stored items. Part of the format on disk. */
final class ScalingItem {
  /** A target's percentage is stored in parts of a billion, so that it is a whole number. */
  private static final double BILLION = 1e9;

  /** Units are stored in halves, of which eventually consistent reads consume one. */
  private static final double HALVES = 2;

  private ScalingItem() {}

  static Bytes encode(ScalableTarget target) {
    SuspendedState suspended = target.suspended();
    Attributes attributes =
        key(target.key())
            .text("id", target.id())
            .number("min", target.min())
            .number("max", target.max())
            .flag("suspendedIn", suspended.in())
            .flag("suspendedOut", suspended.out())
            .flag("suspendedScheduled", suspended.scheduled())
            .texts("tagKeys", List.copyOf(target.tags().byKey().keySet()))
            .texts("tagValues", List.copyOf(target.tags().byKey().values()))
            .instant("created", Optional.of(target.created()))
            .flag("unsettled", target.unsettled())
            .list("policies", target.policies().stream().map(ScalingItem::policy).toList())
            .list("actions", target.actions().stream().map(ScalingItem::action).toList());
    return ItemEncoding.encode(attributes.item());
  }

  static ScalableTarget target(Bytes value) {
    return decoded(
        value,
        "a scalable target",
        attributes ->
            new ScalableTarget(
                key(attributes),
                attributes.text("id"),
                attributes.number("min"),
                attributes.number("max"),
                new SuspendedState(
                    attributes.flag("suspendedIn"),
                    attributes.flag("suspendedOut"),
                    attributes.flag("suspendedScheduled")),
                tags(attributes.texts("tagKeys"), attributes.texts("tagValues")),
                moment(attributes, "created"),
                attributes.flag("unsettled"),
                attributes.list("policies").stream().map(ScalingItem::policy).toList(),
                attributes.list("actions").stream().map(ScalingItem::action).toList()));
  }

  private static Tags tags(List<String> keys, List<String> values) {
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      tags.put(keys.get(i), values.get(i));
    }
    return new Tags(tags);
  }

  private static Attributes policy(ScalingPolicy policy) {
    TargetTracking tracking = policy.tracking();
    Attributes attributes =
        new Attributes()
            .text("name", policy.name())
            .text("id", policy.id())
            .instant("created", Optional.of(policy.created()))
            .number("target", Math.round(tracking.percent() * BILLION))
            .texts("alarms", policy.alarms())
            .instant("lastOut", policy.lastOut())
            .instant("lastIn", policy.lastIn());
    tracking.outCooldown().ifPresent(seconds -> attributes.number("outCooldown", seconds));
    tracking.inCooldown().ifPresent(seconds -> attributes.number("inCooldown", seconds));
    tracking.disableScaleIn().ifPresent(flag -> attributes.flag("disableScaleIn", flag));
    return attributes;
  }

  private static ScalingPolicy policy(Attributes attributes) {
    return new ScalingPolicy(
        attributes.text("name"),
        attributes.text("id"),
        moment(attributes, "created"),
        new TargetTracking(
            attributes.number("target") / BILLION,
            seconds(attributes, "outCooldown"),
            seconds(attributes, "inCooldown"),
            attributes.optionalFlag("disableScaleIn")),
        attributes.texts("alarms"),
        attributes.instant("lastOut"),
        attributes.instant("lastIn"));
  }

  private static OptionalInt seconds(Attributes attributes, String name) {
    OptionalLong number = attributes.optionalNumber(name);
    return number.isPresent()
        ? OptionalInt.of(Math.toIntExact(number.getAsLong()))
        : OptionalInt.empty();
  }

  private static Attributes action(ScheduledAction action) {
    Attributes attributes =
        new Attributes()
            .text("name", action.name())
            .text("id", action.id())
            .text("schedule", action.schedule())
            .instant("start", action.start())
            .instant("end", action.end())
            .instant("created", Optional.of(action.created()))
            .instant("seen", Optional.of(action.seen()));
    action.timezone().ifPresent(zone -> attributes.text("timezone", zone));
    action.min().ifPresent(units -> attributes.number("min", units));
    action.max().ifPresent(units -> attributes.number("max", units));
    return attributes;
  }

  private static ScheduledAction action(Attributes attributes) {
    return new ScheduledAction(
        attributes.text("name"),
        attributes.text("id"),
        attributes.text("schedule"),
        attributes.optionalText("timezone"),
        attributes.instant("start"),
        attributes.instant("end"),
        attributes.optionalNumber("min"),
        attributes.optionalNumber("max"),
        moment(attributes, "created"),
        moment(attributes, "seen"));
  }

  static Bytes encode(ScalingActivity activity) {
    Attributes attributes =
        key(activity.target())
            .text("id", activity.id())
            .text("description", activity.description())
            .text("cause", activity.cause())
            .instant("start", Optional.of(activity.start()))
            .instant("end", activity.end())
            .text("status", activity.status().name());
    activity.message().ifPresent(message -> attributes.text("message", message));
    return ItemEncoding.encode(attributes.item());
  }

  static ScalingActivity activity(Bytes value) {
    return decoded(
        value,
        "a scaling activity",
        attributes ->
            new ScalingActivity(
                attributes.text("id"),
                key(attributes),
                attributes.text("description"),
                attributes.text("cause"),
                moment(attributes, "start"),
                attributes.instant("end"),
                ScalingActivity.Status.valueOf(attributes.text("status")),
                attributes.optionalText("message")));
  }

  /** Encodes what a table and its indexes consumed in a minute. */
  static Bytes encode(Map<Counted, Double> counts) {
    List<Attributes> list = new ArrayList<>();
    counts.forEach((counted, units) -> {
      Attributes each =
          new Attributes()
              .text("traffic", counted.traffic().name())
              .number("halves", Math.round(units * HALVES));
      counted.index().ifPresent(name -> each.text("index", name.value()));
      list.add(each);
    });
    return ItemEncoding.encode(new Attributes().list("consumed", list).item());
  }

  /** Returns what a table and its indexes consumed in a minute. */
  static Map<Counted, Double> consumed(Bytes value, TableArn table) {
    return decoded(
        value,
        "a minute's consumption",
        attributes -> {
          Map<Counted, Double> counts = new HashMap<>();
          for (Attributes each : attributes.list("consumed")) {
            Counted counted =
                new Counted(
                    table,
                    each.optionalText("index").map(IndexName::new),
                    Traffic.valueOf(each.text("traffic")));
            counts.merge(counted, each.number("halves") / HALVES, Double::sum);
          }
          return counts;
        });
  }

  /** Returns what one dimension of a table or index consumed in a minute. */
  static double consumed(Bytes value, Optional<IndexName> index, Traffic traffic) {
    return decoded(
        value,
        "a minute's consumption",
        attributes ->
            attributes.list("consumed").stream()
                .filter(each -> each.text("traffic").equals(traffic.name()))
                .filter(each -> each.optionalText("index").equals(index.map(IndexName::value)))
                .mapToDouble(each -> each.number("halves") / HALVES)
                .sum());
  }

  private static Attributes key(TargetKey key) {
    return new Attributes()
        .text("account", key.owner().account().value())
        .text("region", key.owner().region().value())
        .text("resource", key.resource().toString())
        .text("dimension", key.dimension().name());
  }

  private static TargetKey key(Attributes attributes) {
    return new TargetKey(
        new Owner(new AccountId(attributes.text("account")), new Region(attributes.text("region"))),
        ScalableResource.parse(attributes.text("resource"))
            .orElseThrow(() -> new IllegalArgumentException("not a scalable resource")),
        ScalableDimension.valueOf(attributes.text("dimension")));
  }

  private static Instant moment(Attributes attributes, String name) {
    return attributes
        .instant(name)
        .orElseThrow(() -> new IllegalArgumentException("a moment is missing"));
  }

  private static <T> T decoded(Bytes value, String what, Function<Attributes, T> reading) {
    try {
      return reading.apply(new Attributes(ItemEncoding.decode(value).attributes()));
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException broken) {
      throw new CorruptDataException(what + " cannot be read", broken);
    }
  }
}
