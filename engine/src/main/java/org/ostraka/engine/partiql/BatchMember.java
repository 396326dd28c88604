package org.ostraka.engine.partiql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.Item;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ConditionalCheckFailedException;
import org.ostraka.model.error.DuplicateItemException;
import org.ostraka.model.error.ItemCollectionSizeLimitExceededException;
import org.ostraka.model.error.ProvisionedThroughputExceededException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ThrottledException;
import org.ostraka.model.error.TransactionConflictException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.BatchExecuteStatement.Code;
import org.ostraka.model.operation.BatchExecuteStatement.Result;
import org.ostraka.model.operation.BatchExecuteStatement.StatementError;
import org.ostraka.model.operation.ParameterizedStatement;
import org.ostraka.storage.RowKey;

/**
 * One statement of a batch. Immutable.
 *
 * @param statement the statement; absent when it cannot be read
 * @param refusal why it is not carried out, as far as that is known without its table
 */
record BatchMember(
    ParameterizedStatement asked, Optional<Statement> statement, Optional<ApiException> refusal) {

  /** Returns whether the statement has no refusal so far. */
  boolean isOpen() {
    return refusal.isEmpty();
  }

  /** Returns the result of a statement that was carried out. */
  Result done(Optional<Item> item) {
    return new Result(statement.map(Statement::table), item, Optional.empty());
  }

  /**
   * Returns the result of a statement that was refused. It names the table only if the statement
   * reached an item of it (floci's {@code DynamoDbJsonHandler}).
   */
  Result refused(ApiException reason) {
    boolean atItem =
        reason instanceof ConditionalCheckFailedException
            || reason instanceof DuplicateItemException
            || reason instanceof ItemCollectionSizeLimitExceededException
            || reason instanceof TransactionConflictException
            || reason instanceof ThrottledException;
    Optional<Item> item =
        reason instanceof ConditionalCheckFailedException failure
            ? failure.item()
            : Optional.empty();
    return new Result(
        atItem ? statement.map(Statement::table) : Optional.empty(),
        Optional.empty(),
        Optional.of(new StatementError(code(reason), reason.text(), item)));
  }

  /**
   * Refuses a batch in which several statements name the same item, reads included (dynoxide's
   * CHANGELOG, measured on the service).
   */
  static void refuseDuplicates(List<RowKey> items) {
    if (Set.copyOf(items).size() < items.size()) {
      throw new ValidationException("Provided list of item keys contains duplicates");
    }
  }

  /**
   * Returns the code of an error; throws the error when there is no code for it, since no statement
   * meets it.
   */
  private static Code code(ApiException reason) {
    return switch (reason) {
      case ConditionalCheckFailedException _ -> Code.CONDITIONAL_CHECK_FAILED;
      case DuplicateItemException _ -> Code.DUPLICATE_ITEM;
      case ValidationException _ -> Code.VALIDATION_ERROR;
      case TransactionConflictException _ -> Code.TRANSACTION_CONFLICT;
      case ProvisionedThroughputExceededException _ -> Code.PROVISIONED_THROUGHPUT_EXCEEDED;
      case ThrottledException _ -> Code.THROTTLING_ERROR;
      case ResourceNotFoundException _ -> Code.RESOURCE_NOT_FOUND;
      case AccessDeniedException _ -> Code.ACCESS_DENIED;
      case ItemCollectionSizeLimitExceededException _ -> Code.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED;
      default -> throw reason;
    };
  }
}
