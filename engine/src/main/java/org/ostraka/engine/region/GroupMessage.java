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
 * @param sent the stamp up to which everything that was written to it in its region is durable in
 *     the other one; {@link Stamp#ZERO} when that is not known, and in messages that ask for no
 *     answer about it
 */
public record GroupMessage(TableArn to, TableDescription description, Stamp sent) {
  public GroupMessage {
    if (description.global().isEmpty()) {
      throw new IllegalArgumentException("only replicas of global tables send messages");
    }
  }

  /** Makes a message that does not tell what is durable. */
  public GroupMessage(TableArn to, TableDescription description) {
    this(to, description, Stamp.ZERO);
  }

  /** Makes a message for the replica in another region. */
  public static GroupMessage to(Region region, TableDescription description) {
    return new GroupMessage(in(region, description.arn()), description);
  }

  /** Returns the message with what is durable. */
  GroupMessage withSent(Stamp upTo) {
    return new GroupMessage(to, description, upTo);
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
            .number("sent", sent.value())
            .item());
  }

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException when the bytes are none
   */
  public static GroupMessage of(Bytes encoded) {
    Attributes attributes = new Attributes(ItemEncoding.decode(encoded).attributes());
    return new GroupMessage(
        TableArn.parse(attributes.text("to")).orElseThrow(IllegalArgumentException::new),
        StoredDescription.description(attributes.map("description")),
        new Stamp(attributes.optionalNumber("sent").orElse(0)));
  }
}
