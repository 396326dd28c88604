package org.ostraka.model;

import java.util.Optional;

/**
 * The part of one action in the cancellation of its transaction. Immutable.
 *
 * @param message absent when the action did not cause the cancellation
 * @param item the current item, when its condition failed and the caller asked for it
 */
public record CancellationReason(Code code, Optional<String> message, Optional<Item> item) {
  /** The reason of an action that did not cause the cancellation. */
  public static final CancellationReason NONE =
      new CancellationReason(Code.NONE, Optional.empty(), Optional.empty());

  /** The kinds of reasons. */
  public enum Code {
    NONE("None"),
    CONDITIONAL_CHECK_FAILED("ConditionalCheckFailed"),
    ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED("ItemCollectionSizeLimitExceeded"),
    TRANSACTION_CONFLICT("TransactionConflict"),
    PROVISIONED_THROUGHPUT_EXCEEDED("ProvisionedThroughputExceeded"),
    THROTTLING_ERROR("ThrottlingError"),
    DUPLICATE_ITEM("DuplicateItem"),
    RESOURCE_NOT_FOUND("ResourceNotFound"),
    VALIDATION_ERROR("ValidationError");

    private final String word;

    Code(String word) {
      this.word = word;
    }

    /** Returns the code as the API spells it. */
    public String word() {
      return word;
    }
  }

  /** Returns the reason of an action whose condition does not hold. */
  public static CancellationReason failedCondition(Optional<Item> item) {
    return new CancellationReason(
        Code.CONDITIONAL_CHECK_FAILED, Optional.of("The conditional request failed"), item);
  }

  /** Returns the reason of an action whose item is part of another transaction. */
  public static CancellationReason conflict() {
    return new CancellationReason(
        Code.TRANSACTION_CONFLICT,
        Optional.of("Transaction is ongoing for the item"),
        Optional.empty());
  }

  /** Returns the reason of an action beyond the provisioned throughput of its table. */
  public static CancellationReason provisionedThroughputExceeded(String message) {
    return new CancellationReason(
        Code.PROVISIONED_THROUGHPUT_EXCEEDED, Optional.of(message), Optional.empty());
  }

  /** Returns the reason of an action beyond what its on-demand table or its account has. */
  public static CancellationReason throttled(String message) {
    return new CancellationReason(Code.THROTTLING_ERROR, Optional.of(message), Optional.empty());
  }

  /** Returns the reason of an action that makes the item's collection too large. */
  public static CancellationReason collectionTooLarge() {
    return new CancellationReason(
        Code.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
        Optional.of("Collection size exceeded"),
        Optional.empty());
  }

  /** Returns the reason of an action that is invalid for the item. */
  public static CancellationReason invalid(String problem) {
    return new CancellationReason(Code.VALIDATION_ERROR, Optional.of(problem), Optional.empty());
  }

  /** Returns the reason of a statement that would insert an item that exists already. */
  public static CancellationReason duplicate(String problem) {
    return new CancellationReason(Code.DUPLICATE_ITEM, Optional.of(problem), Optional.empty());
  }

  /** Returns the reason of a statement whose table does not exist. */
  public static CancellationReason notFound(String problem) {
    return new CancellationReason(Code.RESOURCE_NOT_FOUND, Optional.of(problem), Optional.empty());
  }
}
