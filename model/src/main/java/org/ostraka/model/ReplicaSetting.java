package org.ostraka.model;

/**
 * A setting that each replica has for itself. All replicas know it for each region, as a setting of
 * the global table with a name of its own.
 */
public enum ReplicaSetting {
  /** The provisioned read units. */
  READ_UNITS("read-units"),
  /** The maximum of read request units; -1 for none. */
  READ_MAXIMUM("read-maximum"),
  /** The class of a table that has another one than the global table. */
  TABLE_CLASS("class"),
  /** The ARN of the key, where the table does not have the default encryption. */
  KEY("key");

  private final String prefix;

  ReplicaSetting(String prefix) {
    this.prefix = prefix + "/";
  }

  /** Returns the name of the setting of a region's table. */
  public String of(Region region) {
    return prefix + region;
  }

  /** Returns the name of the setting of an index of a region's table. */
  public String of(Region region, IndexName index) {
    return of(region) + "/" + index;
  }

  /**
   * Returns whether a name is that of the setting of a region's table, or of one of its indexes.
   */
  public boolean isOf(Region region, String name) {
    return name.equals(of(region)) || name.startsWith(of(region) + "/");
  }
}
