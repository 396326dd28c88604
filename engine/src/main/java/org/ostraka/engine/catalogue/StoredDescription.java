package org.ostraka.engine.catalogue;

import org.ostraka.engine.encoding.Attributes;
import org.ostraka.model.TableDescription;

/** Descriptions of tables in the form in which the catalogue stores them. Stateless. */
public final class StoredDescription {
  private StoredDescription() {}

  /** Returns the stored form of a description. */
  public static Attributes of(TableDescription table) {
    return TableRecordItem.description(table);
  }

  /**
   * Returns the description that is stored.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static TableDescription description(Attributes stored) {
    return TableRecordItem.description(stored);
  }
}
