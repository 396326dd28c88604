package org.ostraka.model.operation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConsumedCapacity;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;

/** Carries out up to 25 statements of PartiQL, each by itself: all of them read, or all write. */
public final class BatchExecuteStatement {
  private BatchExecuteStatement() {}

  /** The request. Immutable. */
  public record Request(
      List<ParameterizedStatement> statements, ReturnConsumedCapacity returnConsumedCapacity) {
    public Request {
      statements = List.copyOf(statements);
    }
  }

  /**
   * The result of one statement. Immutable.
   *
   * @param tableName the table as the statement names it; absent if the statement failed before
   *     that
   * @param item the item that was read, or that the write returns
   */
  public record Result(
      Optional<String> tableName, Optional<Item> item, Optional<StatementError> error) {}

  /**
   * The error of a statement that was not carried out. Immutable.
   *
   * @param item the current item, when its condition failed and the caller asked for it
   */
  public record StatementError(Code code, String message, Optional<Item> item) {}

  /** The kinds of errors that Ostraka returns. */
  public enum Code {
    CONDITIONAL_CHECK_FAILED("ConditionalCheckFailed"),
    VALIDATION_ERROR("ValidationError"),
    TRANSACTION_CONFLICT("TransactionConflict"),
    PROVISIONED_THROUGHPUT_EXCEEDED("ProvisionedThroughputExceeded"),
    THROTTLING_ERROR("ThrottlingError"),
    RESOURCE_NOT_FOUND("ResourceNotFound"),
    ACCESS_DENIED("AccessDenied"),
    DUPLICATE_ITEM("DuplicateItem"),
    ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED("ItemCollectionSizeLimitExceeded");

    private final String word;

    Code(String word) {
      this.word = word;
    }

    /** Returns the code as the API spells it. */
    public String word() {
      return word;
    }
  }

  /**
   * The response. Immutable.
   *
   * @param results one for each statement, in order
   * @param consumedCapacity one for each table
   * @param onlyRead whether no statement wrote: all only read, or were all refused
   */
  public record Response(
      List<Result> results, @Nullable List<ConsumedCapacity> consumedCapacity, boolean onlyRead) {}
}
