package org.ostraka.engine.capacity;

/**
 * Computes capacity units from bytes. Stateless.
 *
 * <p>"Read/write capacity" in the Developer Guide: a read unit is a strongly consistent read of up
 * to 4 KB, half of one an eventually consistent one; a write unit is a write of up to 1 KB. An
 * absent item counts as the smallest item.
 */
public final class CapacityUnits {
  private static final int READ_UNIT_BYTES = 4096;
  private static final int WRITE_UNIT_BYTES = 1024;

  private CapacityUnits() {}

  /** Returns the units for reading an item of this size; 0 stands for no item. */
  public static double read(int sizeBytes, boolean consistent) {
    return units(sizeBytes, READ_UNIT_BYTES) * (consistent ? 1.0 : 0.5);
  }

  /**
   * Returns the units for a write, by the greater of the sizes before and after it; 0 stands for no
   * item.
   */
  public static double write(int sizeBytesBefore, int sizeBytesAfter) {
    return units(Math.max(sizeBytesBefore, sizeBytesAfter), WRITE_UNIT_BYTES);
  }

  private static int units(int sizeBytes, int unitBytes) {
    return Math.max(1, Math.ceilDiv(sizeBytes, unitBytes));
  }
}
