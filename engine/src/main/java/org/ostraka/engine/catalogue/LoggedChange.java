package org.ostraka.engine.catalogue;

import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.model.Bytes;
import org.ostraka.storage.CorruptDataException;

/** A record of the catalogue's log, which every server reads. Immutable. */
public sealed interface LoggedChange permits AccountChange, CatalogueChange {
  /**
   * Reads a record of the catalogue's log.
   *
   * @throws CorruptDataException when the bytes are not such a record
   */
  static LoggedChange of(Bytes encoded) {
    try {
      Attributes attributes = new Attributes(ItemEncoding.decode(encoded).attributes());
      return AccountChange.isIn(attributes)
          ? AccountChange.of(attributes)
          : CatalogueChange.of(attributes);
    } catch (IllegalArgumentException broken) {
      throw new CorruptDataException("a record of the catalogue's log cannot be read", broken);
    }
  }
}
