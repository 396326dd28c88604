package org.ostraka.model.operation;

import org.jspecify.annotations.Nullable;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.ItemFormat;

/** ImportTable: begins to make a table of the objects of a bucket. */
public final class ImportTable {
  private ImportTable() {}

  /**
   * The request. Immutable.
   *
   * @param options whether there are options of formats, even if they are empty
   * @param table the table to make
   */
  public record Request(
      @Nullable String clientToken,
      ImportDescription.Source source,
      ItemFormat format,
      boolean options,
      ImportDescription.@Nullable Csv csv,
      ImportDescription.Compression compression,
      CreateTable.Request table) {}

  /** The response. Immutable. */
  public record Response(ImportDescription description) {}
}
