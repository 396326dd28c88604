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

  /** What the caller asks. Immutable. */
  public record Request(
      List<ParameterizedStatement> statements, ReturnConsumedCapacity returnConsumedCapacity) {
    public Request {
      statements = List.copyOf(statements);
    }
  }

  /**
   * What came of one statement. Immutable.
   *
   * @param tableName the table as the statement names it, if it came so far
   * @param item the item that was read, or what a write returns of it
   */
  public record Result(
      Optional<String> tableName, Optional<Item> item, Optional<StatementError> error) {}

  /**
   * Why a statement was not carried out. Immutable.
   *
   * @param item the item as it is, where its condition failed and the caller asked to be told
   */
  public record StatementError(Code code, String message, Optional<Item> item) {}

  /** The kinds of errors that Ostraka has. */
  public enum Code {
    CONDITIONAL_CHECK_FAILED("ConditionalCheckFailed"),
    VALIDATION_ERROR("ValidationError"),
    TRANSACTION_CONFLICT("TransactionConflict"),
    RESOURCE_NOT_FOUND("ResourceNotFound"),
    ACCESS_DENIED("AccessDenied"),
    DUPLICATE_ITEM("DuplicateItem"),
    ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED("ItemCollectionSizeLimitExceeded");

    private final String word;

    Code(String word) {
      this.word = word;
    }

    /** The code in the words of the API. */
    public String word() {
      return word;
    }
  }

  /**
   * What the caller is told. Immutable.
   *
   * @param results one for each statement, in order
   * @param consumedCapacity of each table
   * @param onlyRead whether no statement wrote: they only read, or were all refused
   */
  public record Response(
      List<Result> results, @Nullable List<ConsumedCapacity> consumedCapacity, boolean onlyRead) {}
}
