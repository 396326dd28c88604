package org.ostraka.expression.partiql;

import java.util.List;
import java.util.Optional;

/** The syntax of a statement's text, before its parameters are replaced. Immutable. */
sealed interface StatementSyntax {

  record Select(Source source, List<Term> list, Optional<Term> where, List<Ordering> orderBy)
      implements StatementSyntax {}

  record Insert(String table, Term item) implements StatementSyntax {}

  record Update(
      String table, List<Change> changes, Optional<Term> where, Optional<Returning> returning)
      implements StatementSyntax {}

  record Delete(String table, Optional<Term> where, boolean returnsOld)
      implements StatementSyntax {}

  record Exists(Select select) implements StatementSyntax {}

  /** A SET with a value, or a REMOVE without one. */
  record Change(Term.Path path, Optional<Term> value) {}
}
