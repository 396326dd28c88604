package org.ostraka.engine.partiql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.gate.Access;
import org.ostraka.engine.gate.Action;
import org.ostraka.expression.partiql.PartiqlStatement;
import org.ostraka.expression.partiql.Statement;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.TableName;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ParameterizedStatement;

/**
 * Reads the texts of statements, and caches those that it has read lately: applications send few
 * texts, many times, with other parameters. Any thread.
 */
public final class Statements {
  /**
   * The greatest number of characters of all cached texts; each takes a hundred bytes once it is
   * read.
   */
  private static final long MAX_KEPT_CHARS = 1 << 17;

  private final Cache<String, PartiqlStatement> kept =
      Caffeine.newBuilder()
          .maximumWeight(MAX_KEPT_CHARS)
          .weigher((String text, PartiqlStatement _) -> text.length())
          .build();

  /**
   * Returns the statement with its parameters replaced.
   *
   * @throws ValidationException with the service's text
   */
  Statement read(ParameterizedStatement asked) {
    if (asked.badValue() != null) {
      throw new ValidationException(asked.badValue());
    }
    return kept.get(asked.text(), PartiqlStatement::parse).bind(asked.parameters());
  }

  /**
   * Refuses a table reference that no table can have.
   *
   * @throws ResourceNotFoundException when it is not a legal name and does not begin like an ARN;
   *     the service's own answer is not known
   */
  static void requireTableName(Statement statement) {
    if (!mayName(statement.table())) {
      throw notFound();
    }
  }

  /**
   * Returns the action by which a statement is judged. An EXISTS is judged as the SELECT that it
   * contains; this is a conclusion, since the documentation does not say.
   */
  static Action action(Statement statement) {
    return switch (statement) {
      case Statement.Select _, Statement.Exists _ -> Action.PARTIQL_SELECT;
      case Statement.Insert _ -> Action.PARTIQL_INSERT;
      case Statement.Update _ -> Action.PARTIQL_UPDATE;
      case Statement.Delete _ -> Action.PARTIQL_DELETE;
    };
  }

  /**
   * Returns the access that a statement asks for.
   *
   * @param enclosing the operation that it is a part of, if that is a transaction
   */
  static Access access(
      Statement statement, ReturnConsumedCapacity capacity, Optional<String> enclosing) {
    Optional<String> index =
        statement instanceof Statement.Select select ? select.source().index() : Optional.empty();
    return new Access(
        action(statement),
        statement.table(),
        index,
        key -> StatementConditions.of(statement, key, capacity, enclosing));
  }

  /** Returns whether a text is a legal table name or begins like an ARN. */
  static boolean mayName(String table) {
    return table.startsWith("arn:") || TableName.isLegal(table);
  }

  /**
   * Refuses a table with which no statement can be used: one that has an index whose partition or
   * sort key has several attributes (the service's recorded answers of 2026).
   */
  static void requireSimpleKeys(TableUse table) {
    boolean simple =
        table.indexes().stream()
            .map(open -> open.index().key())
            .allMatch(key -> key.partition().size() == 1 && key.sort().size() <= 1);
    if (!simple) {
      throw new ValidationException(
          "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or"
              + " multi-attribute RANGE keys.");
    }
  }

  static ResourceNotFoundException notFound() {
    return new ResourceNotFoundException("Requested resource not found");
  }

  static ValidationException misplacedExists() {
    return new ValidationException("EXISTS can only be used in ExecuteTransaction write requests.");
  }
}
