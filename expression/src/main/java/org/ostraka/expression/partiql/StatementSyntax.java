package org.ostraka.expression.partiql;

import java.util.List;
import java.util.Optional;

/** What a statement's text says, with its parameters yet to be replaced. Immutable. */
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

  /** A SET of a value, or without a value a REMOVE. */
  record Change(Term.Path path, Optional<Term> value) {}
}
