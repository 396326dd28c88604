package org.ostraka.model;

import java.util.Optional;

/**
 * What one action had to do with the cancellation of its transaction. Immutable.
 *
 * @param message absent where the action had nothing to do with it
 * @param item the item as it is, where its condition failed and the caller asked to be told
 */
public record CancellationReason(Code code, Optional<String> message, Optional<Item> item) {
  /** The action had nothing to do with it. */
  public static final CancellationReason NONE =
      new CancellationReason(Code.NONE, Optional.empty(), Optional.empty());

  /** The kinds of reasons. */
  public enum Code {
    NONE("None"),
    CONDITIONAL_CHECK_FAILED("ConditionalCheckFailed"),
    ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED("ItemCollectionSizeLimitExceeded"),
    TRANSACTION_CONFLICT("TransactionConflict"),
    DUPLICATE_ITEM("DuplicateItem"),
    RESOURCE_NOT_FOUND("ResourceNotFound"),
    VALIDATION_ERROR("ValidationError");

    private final String word;

    Code(String word) {
      this.word = word;
    }

    /** The code in the words of the API. */
    public String word() {
      return word;
    }
  }

  /** The item's condition does not hold. */
  public static CancellationReason failedCondition(Optional<Item> item) {
    return new CancellationReason(
        Code.CONDITIONAL_CHECK_FAILED, Optional.of("The conditional request failed"), item);
  }

  /** Another transaction is at the item. */
  public static CancellationReason conflict() {
    return new CancellationReason(
        Code.TRANSACTION_CONFLICT,
        Optional.of("Transaction is ongoing for the item"),
        Optional.empty());
  }

  /** The action makes the item's collection too large. */
  public static CancellationReason collectionTooLarge() {
    return new CancellationReason(
        Code.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
        Optional.of("Collection size exceeded"),
        Optional.empty());
  }

  /** The action cannot be done to the item. */
  public static CancellationReason invalid(String problem) {
    return new CancellationReason(Code.VALIDATION_ERROR, Optional.of(problem), Optional.empty());
  }

  /** There is an item already that a statement would insert. */
  public static CancellationReason duplicate(String problem) {
    return new CancellationReason(Code.DUPLICATE_ITEM, Optional.of(problem), Optional.empty());
  }

  /** There is no such table as a statement names. */
  public static CancellationReason notFound(String problem) {
    return new CancellationReason(Code.RESOURCE_NOT_FOUND, Optional.of(problem), Optional.empty());
  }
}
