package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The grammar rules of the sources and targets of statements: one table or index, by its name
 * alone. One thread.
 *
 * <p>An alias is read wherever PartiQL's grammar allows one, and refused once the statement is
 * known to be well formed, with the service's message (its recorded answers of 2026).
 */
final class SourceGrammar {
  private final TokenReader reader;
  private final TermGrammar terms;
  private boolean aliased;

  SourceGrammar(TokenReader reader, TermGrammar terms) {
    this.reader = reader;
    this.terms = terms;
  }

  /** Reads the one source of a FROM clause. */
  Source only() {
    Token first = reader.peek();
    if (!(terms.term().bare() instanceof Term.Path path)) {
      throw StatementErrors.unsupported("FROM source", first);
    }
    Source source = source(path);
    takeAliases();
    refuseSecond();
    return source;
  }

  /** Reads the target that a statement writes. */
  Source target() {
    return source(terms.simplePath());
  }

  private static Source source(Term.Path path) {
    List<String> components = new ArrayList<>();
    components.add(path.at().text());
    for (Term.PathStep step : path.steps()) {
      if (!(step instanceof Term.PathStep.Name(String name))) {
        throw StatementErrors.unsupported("FROM source", path.at());
      }
      components.add(name);
    }
    if (components.contains("")) {
      throw StatementErrors.invalid("Path component cannot be an empty string");
    }
    if (components.size() > 2) {
      throw StatementErrors.invalid("A path may contain at most 2 components in the FROM clause");
    }
    return new Source(
        components.getFirst(),
        components.size() == 2 ? Optional.of(components.getLast()) : Optional.empty());
  }

  static void refuseIndex(Source source) {
    if (source.index().isPresent()) {
      throw StatementErrors.invalid("This operation is not supported on an index");
    }
  }

  private void refuseSecond() {
    boolean joined =
        reader.at(Token.Kind.COMMA)
            || List.of("join", "inner", "left", "right", "full", "outer", "cross").stream()
                .anyMatch(reader::at);
    if (joined) {
      throw StatementErrors.unsupported("clause: JOIN", reader.peek());
    }
  }

  /** Reads the aliases of a source: its own, that of a position in it, that of an identity. */
  void takeAliases() {
    takeAlias();
    for (String keyword : List.of("at", "by")) {
      if (reader.take(keyword)) {
        takeName();
      }
    }
  }

  /** Reads an alias with its AS, or a name alone. */
  void takeAlias() {
    if (reader.take("as") || reader.peek().isName()) {
      takeName();
    }
  }

  private void takeName() {
    if (!reader.peek().isName()) {
      throw StatementErrors.malformed("Expected identifier for alias");
    }
    reader.next();
    aliased = true;
  }

  void refuseAliases() {
    if (aliased) {
      throw StatementErrors.invalid("Aliasing is not supported");
    }
  }
}
