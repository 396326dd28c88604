package org.ostraka.engine.catalogue;

import java.util.Optional;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.encoding.PrincipalText;
import org.ostraka.model.Bytes;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;

/**
 * A change of a table's record, as a record of the catalogue's log. Part of the format on disk.
 * Immutable.
 *
 * @param actor who made the change
 * @param record the table's record afterwards; absent when the table was removed
 */
public record CatalogueChange(TableArn arn, Principal actor, Optional<TableRecord> record)
    implements LoggedChange {
  private static final String ARN = "arn";
  private static final String ACTOR = "actor";
  private static final String RECORD = "record";

  Bytes encoded() {
    Attributes attributes =
        new Attributes().text(ARN, arn.toString()).text(ACTOR, PrincipalText.of(actor));
    record.ifPresent(
        after -> attributes.map(RECORD, new Attributes(TableRecordItem.of(after).attributes())));
    return ItemEncoding.encode(attributes.item());
  }

  static CatalogueChange of(Attributes attributes) {
    return new CatalogueChange(
        TableArn.parse(attributes.text(ARN)).orElseThrow(IllegalArgumentException::new),
        PrincipalText.principal(attributes.text(ACTOR)),
        attributes.optionalMap(RECORD).map(after -> TableRecordItem.record(after.item())));
  }
}
