package org.ostraka.testkit.history;

/**
 * An operation on a row as the search sees it. Immutable.
 *
 * @param observes whether it shows the row's value, which was {@code seen}
 * @param changes whether it gives the row {@code value}
 * @param optional whether it may never have happened
 */
record RowStep(
    boolean observes,
    long seen,
    boolean changes,
    long value,
    boolean optional,
    long begin,
    long end) {

  static RowStep of(Recorded<RowOperation> recorded) {
    return switch (recorded.operation()) {
      case RowOperation.Read read -> observation(recorded, read.seen());
      case RowOperation.Write write -> change(recorded, write.value());
      case RowOperation.Delete _ -> change(recorded, RowOperation.ABSENT);
      case RowOperation.CompareAndSet swap when recorded.isUnknown() || swap.isSet() ->
          new RowStep(
              true,
              swap.expected(),
              true,
              swap.value(),
              recorded.isUnknown(),
              recorded.begin(),
              recorded.end());
      case RowOperation.CompareAndSet swap -> observation(recorded, swap.seen());
    };
  }

  /** Returns the same step with the condition that it happened before a moment. */
  RowStep before(long moment) {
    return new RowStep(observes, seen, changes, value, false, begin, Math.min(end, moment));
  }

  private static RowStep observation(Recorded<RowOperation> recorded, long seen) {
    return new RowStep(
        true, seen, false, seen, recorded.isUnknown(), recorded.begin(), recorded.end());
  }

  private static RowStep change(Recorded<RowOperation> recorded, long value) {
    return new RowStep(
        false, 0, true, value, recorded.isUnknown(), recorded.begin(), recorded.end());
  }
}
