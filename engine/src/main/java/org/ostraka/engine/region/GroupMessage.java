package org.ostraka.engine.region;

import org.ostraka.engine.catalogue.StoredDescription;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.model.GlobalTable;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.storage.Stamp;

/**
 * What one replica tells another one: its own description, with its copy of the global table.
 * Immutable.
 *
 * @param to the replica that is told
 * @param description the replica that tells
 * @param progress how far its changes have come to the replica that is told; {@link Progress#NONE}
 *     in messages that nobody waits for
 */
public record GroupMessage(TableArn to, TableDescription description, Progress progress) {
  /**
   * How far what is written to a replica in its region has come to another region. The stamps are
   * those of its own region. Immutable.
   *
   * @param written a stamp that is not before that of any write which was answered until now
   * @param sent the stamp up to which everything is durable in the other region; {@link Stamp#ZERO}
   *     when that is not known
   */
  public record Progress(Stamp written, Stamp sent) {
    static final Progress NONE = new Progress(Stamp.ZERO, Stamp.ZERO);
  }

  public GroupMessage {
    if (description.global().isEmpty()) {
      throw new IllegalArgumentException("only replicas of global tables send messages");
    }
  }

  /** Makes a message that does not report how far changes have come. */
  public GroupMessage(TableArn to, TableDescription description) {
    this(to, description, Progress.NONE);
  }

  /** Makes a message for the replica in another region. */
  public static GroupMessage to(Region region, TableDescription description) {
    return new GroupMessage(replica(description, region), description);
  }

  /** Returns the message with how far changes have come. */
  GroupMessage with(Progress now) {
    return new GroupMessage(to, description, now);
  }

  /** Returns the ARN of a table's replica in another region. */
  public static TableArn replica(TableDescription table, Region region) {
    return table
        .global()
        .map(global -> global.replica(table.arn(), region))
        .orElseGet(() -> in(region, table.arn()));
  }

  /** Returns the ARN of the table of the same name and account in another region. */
  static TableArn in(Region region, TableArn arn) {
    return new TableArn(new Owner(arn.owner().account(), region), arn.table());
  }

  /** Returns the region that tells. */
  public Region from() {
    return description.arn().owner().region();
  }

  public GlobalTable global() {
    return description.global().orElseThrow();
  }

  /** Returns the message as bytes. Part of the protocol between regions. */
  public Bytes encoded() {
    return ItemEncoding.encode(
        new Attributes()
            .text("to", to.toString())
            .map("description", StoredDescription.of(description))
            .number("written", progress.written().value())
            .number("sent", progress.sent().value())
            .item());
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static GroupMessage of(Bytes encoded) {
    Attributes attributes = new Attributes(ItemEncoding.decode(encoded).attributes());
    TableDescription description = StoredDescription.description(attributes.map("description"));
    description.global().ifPresent(GlobalTable::requireReadable);
    return new GroupMessage(
        TableArn.parse(attributes.text("to")).orElseThrow(IllegalArgumentException::new),
        description,
        new Progress(
            new Stamp(attributes.optionalNumber("written").orElse(0)),
            new Stamp(attributes.optionalNumber("sent").orElse(0))));
  }
}
