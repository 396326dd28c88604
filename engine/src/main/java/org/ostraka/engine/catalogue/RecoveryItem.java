package org.ostraka.engine.catalogue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.model.RestoreSummary;
import org.ostraka.model.TableArn;
import org.ostraka.storage.Space;
import org.ostraka.storage.Stamp;

/** A {@link Recovery} as attributes of a table's record. Part of the format on disk. Stateless. */
final class RecoveryItem {
  private RecoveryItem() {}

  static Attributes of(Recovery recovery) {
    Attributes attributes = new Attributes();
    recovery
        .pointInTime()
        .ifPresent(on ->
            attributes.map(
                "pointInTime",
                new Attributes()
                    .text("chain", on.chain().toString())
                    .instant("enabled", Optional.of(on.enabled()))
                    .number("days", on.days())
                    .number("firstShard", on.firstShard().id())));
    attributes.texts("holds", recovery.holds().stream().map(UUID::toString).sorted().toList());
    recovery.restoration().ifPresent(restoration -> attributes.map("restoration", of(restoration)));
    recovery.importArn().ifPresent(arn -> attributes.text("import", arn));
    return attributes;
  }

  private static Attributes of(Recovery.Restoration restoration) {
    Attributes attributes =
        new Attributes()
            .text("source", restoration.summary().source().toString())
            .instant("moment", Optional.of(restoration.summary().moment()))
            .text("chain", restoration.chain().toString())
            .number("stamp", restoration.stamp().value());
    restoration.summary().backupArn().ifPresent(arn -> attributes.text("backup", arn));
    return attributes;
  }

  static Recovery recovery(Attributes attributes) {
    Set<UUID> holds = new HashSet<>();
    attributes.texts("holds").forEach(each -> holds.add(UUID.fromString(each)));
    return new Recovery(
        attributes.optionalMap("pointInTime").map(RecoveryItem::pointInTime),
        holds,
        attributes.optionalMap("restoration").map(RecoveryItem::restoration),
        attributes.optionalText("import"));
  }

  private static Recovery.PointInTime pointInTime(Attributes on) {
    return new Recovery.PointInTime(
        UUID.fromString(on.text("chain")),
        on.instant("enabled").orElseThrow(IllegalArgumentException::new),
        Math.toIntExact(on.number("days")),
        new Space(on.number("firstShard")));
  }

  private static Recovery.Restoration restoration(Attributes restoration) {
    return new Recovery.Restoration(
        new RestoreSummary(
            restoration.optionalText("backup"),
            TableArn.parse(restoration.text("source")).orElseThrow(IllegalArgumentException::new),
            restoration.instant("moment").orElseThrow(IllegalArgumentException::new)),
        UUID.fromString(restoration.text("chain")),
        new Stamp(restoration.number("stamp")));
  }
}
