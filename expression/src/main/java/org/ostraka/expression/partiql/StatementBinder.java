package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ostraka.expression.Condition;
import org.ostraka.expression.Path;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Item;

/** The binder that makes statements from syntax and parameters. Immutable. */
final class StatementBinder {
  /**
   * The most paths nested within each other: each of them returns the value at the innermost path
   * once more, and a page must not become many times as large as the items read. The limit and its
   * text are our own.
   */
  private static final int COPIES_MAX = 4;

  private final ValueBinder values;
  private final WhereBinder conditions;
  private final ChangeBinder changes;

  StatementBinder(List<AttributeValue> parameters) {
    this.values = new ValueBinder(parameters);
    this.conditions = new WhereBinder(values);
    this.changes = new ChangeBinder(values);
  }

  Statement statement(StatementSyntax syntax) {
    return switch (syntax) {
      case StatementSyntax.Select select -> select(select);
      case StatementSyntax.Exists(StatementSyntax.Select select) ->
          new Statement.Exists(select(select));
      case StatementSyntax.Insert(String table, Term item) ->
          new Statement.Insert(table, item(item));
      case StatementSyntax.Update(
              String table,
              List<StatementSyntax.Change> changed,
              Optional<Term> where,
              Optional<Returning> returning) ->
          new Statement.Update(table, changes.update(changed), where(where), returning);
      case StatementSyntax.Delete(String table, Optional<Term> where, boolean returnsOld) ->
          new Statement.Delete(table, where(where), returnsOld);
    };
  }

  private Statement.Select select(StatementSyntax.Select select) {
    List<Path> paths = new ArrayList<>(select.list().size());
    for (Term term : select.list()) {
      if (!(term.bare() instanceof Term.Path path)) {
        throw StatementErrors.pathComponent(term.bare().at());
      }
      paths.add(values.path(path));
    }
    SelectList list = new SelectList(paths);
    if (list.copies() > COPIES_MAX) {
      throw StatementErrors.invalid(
          "A SELECT list may have at most " + COPIES_MAX + " paths that lie within each other");
    }
    return new Statement.Select(select.source(), list, where(select.where()), select.orderBy());
  }

  private Optional<Condition> where(Optional<Term> where) {
    return where.map(conditions::condition);
  }

  private Item item(Term term) {
    if (term.bare() instanceof Term.MapOf map) {
      return new Item(values.attributes(map));
    }
    throw StatementErrors.unsupported("item in INSERT", term.at());
  }
}
