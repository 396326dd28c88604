package org.ostraka.engine.backup;

import java.util.Optional;
import java.util.OptionalLong;
import org.ostraka.engine.catalogue.TableRecordItem;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.BackupArn;
import org.ostraka.model.BackupDescription;
import org.ostraka.model.BackupDetails;
import org.ostraka.model.BackupStatus;
import org.ostraka.model.BackupType;
import org.ostraka.model.Bytes;
import org.ostraka.model.TableSize;
import org.ostraka.model.TimeToLiveDescription;
import org.ostraka.model.TimeToLiveStatus;
import org.ostraka.storage.Stamp;

/** Backups as stored items. Part of the format on disk. Stateless. */
final class BackupItem {
  private BackupItem() {}

  static Bytes encode(Backup backup) {
    BackupDetails details = backup.description().details();
    Attributes attributes =
        new Attributes()
            .text("backup", details.arn().toString())
            .text("name", details.name())
            .number("sizeBytes", details.sizeBytes())
            .text("status", details.status().name())
            .text("type", details.type().name())
            .instant("created", Optional.of(details.created()))
            .instant("expiry", details.expiry())
            .map("table", TableRecordItem.description(backup.description().table()))
            .number("itemCount", backup.description().size().itemCount())
            .number("tableBytes", backup.description().size().sizeBytes())
            .text("timeToLive", backup.description().timeToLive().status().name())
            .text("chain", backup.chain().toString());
    backup
        .description()
        .timeToLive()
        .attributeName()
        .ifPresent(name -> attributes.text("timeToLiveAttribute", name));
    backup.stamp().ifPresent(stamp -> attributes.number("stamp", stamp.value()));
    return ItemEncoding.encode(attributes.item());
  }

  static Backup backup(Bytes value) {
    return ChainItem.decoded(value, "a backup", BackupItem::backup);
  }

  private static Backup backup(Attributes attributes) {
    OptionalLong stamp = attributes.optionalNumber("stamp");
    return new Backup(
        new BackupDescription(
            details(attributes),
            TableRecordItem.description(attributes.map("table")),
            new TableSize(attributes.number("itemCount"), attributes.number("tableBytes")),
            new TimeToLiveDescription(
                TimeToLiveStatus.valueOf(attributes.text("timeToLive")),
                attributes.optionalText("timeToLiveAttribute"))),
        ChainItem.uuid(attributes, "chain"),
        stamp.isPresent() ? Optional.of(new Stamp(stamp.getAsLong())) : Optional.empty());
  }

  private static BackupDetails details(Attributes attributes) {
    return new BackupDetails(
        BackupArn.parse(attributes.text("backup")).orElseThrow(IllegalArgumentException::new),
        attributes.text("name"),
        attributes.number("sizeBytes"),
        BackupStatus.valueOf(attributes.text("status")),
        BackupType.valueOf(attributes.text("type")),
        attributes.instant("created").orElseThrow(IllegalArgumentException::new),
        attributes.instant("expiry"));
  }
}
