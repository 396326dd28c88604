package org.ostraka.expression.partiql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ostraka.model.error.ValidationException;

/**
 * The grammar rules of statements: those of the Developer Guide, with the errors of PartiQL's
 * reference parser (partiql-lang-kotlin 0.2, {@code SqlParser.kt}). In it, a REMOVE takes one path,
 * a SET several. One thread.
 *
 * <p>The messages about tables and indexes, and about RETURNING, are floci's, which has them from
 * the service ({@code DynamoDbPartiQLParser}, September 2026; RETURNING also dynoxide pull request
 * 147).
 */
final class StatementGrammar {
  private final TokenReader reader;
  private final TermGrammar terms;
  private final SourceGrammar sources;

  private StatementGrammar(TokenReader reader) {
    this.reader = reader;
    this.terms = new TermGrammar(reader, this::select);
    this.sources = new SourceGrammar(reader, terms);
  }

  static StatementSyntax read(TokenReader reader) {
    StatementGrammar grammar = new StatementGrammar(reader);
    StatementSyntax statement = grammar.statement();
    if (reader.take(Token.Kind.SEMICOLON) && !reader.at(Token.Kind.END)) {
      throw StatementErrors.malformed(
          "Unexpected token after semicolon. (Only one query is allowed.)");
    }
    if (!reader.at(Token.Kind.END)) {
      throw StatementErrors.malformed("Unexpected token after expression");
    }
    grammar.sources.refuseAliases();
    return statement;
  }

  private StatementSyntax statement() {
    if (reader.take("select")) {
      return select();
    }
    if (reader.take("insert", "into")) {
      return insert();
    }
    if (reader.take("update")) {
      return update();
    }
    if (reader.take("from")) {
      return fromFirst();
    }
    if (reader.take("delete")) {
      return delete();
    }
    if (reader.at("exists") && reader.peekSecond().kind() == Token.Kind.LEFT_PAREN) {
      return exists();
    }
    throw expectedManipulation();
  }

  private StatementSyntax exists() {
    reader.next();
    reader.expect(Token.Kind.LEFT_PAREN);
    if (!reader.take("select")) {
      throw StatementErrors.unsupported("operand of EXISTS", reader.peek());
    }
    StatementSyntax.Select select = select();
    reader.expect(Token.Kind.RIGHT_PAREN);
    return new StatementSyntax.Exists(select);
  }

  private StatementSyntax.Select select() {
    refuseClause("distinct");
    reader.take("all");
    refuseClause("value");
    List<Term> list = selectList();
    reader.expect("from", "Expected FROM after SELECT list");
    Source source = sources.only();
    refuseClause("let");
    Optional<Term> where = where();
    refuseClause("group");
    refuseClause("having");
    List<Ordering> orderBy = orderBy();
    refuseClause("group");
    refuseClause("having");
    refuseClause("limit");
    return new StatementSyntax.Select(source, list, where, orderBy);
  }

  /** Reads the terms of a list; returns none for an asterisk. */
  private List<Term> selectList() {
    boolean star = false;
    List<Term> list = new ArrayList<>();
    do {
      if (reader.take(Token.Kind.STAR)) {
        star = true;
      } else {
        list.add(terms.term());
        sources.takeAlias();
      }
    } while (reader.take(Token.Kind.COMMA));
    if (star && !list.isEmpty()) {
      throw StatementErrors.malformed(
          "Other expressions may not be present in the select list when '*' is used without dot"
              + " notation.");
    }
    return List.copyOf(list);
  }

  private Optional<Term> where() {
    return reader.take("where") ? Optional.of(terms.term()) : Optional.empty();
  }

  private List<Ordering> orderBy() {
    if (!reader.take("order")) {
      return List.of();
    }
    reader.expect("by", "Expected BY");
    return reader.list(this::ordering);
  }

  private Ordering ordering() {
    if (!(terms.term().bare() instanceof Term.Path(Token name, List<Term.PathStep> steps))
        || !steps.isEmpty()) {
      throw StatementErrors.unsupported("ORDER BY expression", reader.peek());
    }
    if (reader.take("asc")) {
      return new Ordering(name.text(), false);
    }
    return new Ordering(name.text(), reader.take("desc"));
  }

  private StatementSyntax insert() {
    Source source = sources.target();
    if (source.index().isPresent()) {
      throw StatementErrors.invalid("FROM clause may only contain a single table name");
    }
    if (!reader.take("value")) {
      Token at = reader.peek();
      terms.term();
      throw StatementErrors.unsupported("syntax: INSERT without VALUE", at);
    }
    Term item = terms.term();
    refuseClause("at");
    refuseClause("on");
    refuseClause("returning");
    return new StatementSyntax.Insert(source.table(), item);
  }

  private StatementSyntax update() {
    Source source = sources.target();
    sources.takeAliases();
    List<StatementSyntax.Change> changes = changes();
    return changed(source, changes, where());
  }

  /** Reads an update whose table and condition are written first, as in PartiQL's own grammar. */
  private StatementSyntax fromFirst() {
    Source source = sources.only();
    Optional<Term> where = where();
    return changed(source, changes(), where);
  }

  private StatementSyntax changed(
      Source source, List<StatementSyntax.Change> changes, Optional<Term> where) {
    Optional<Returning> returning = returning();
    SourceGrammar.refuseIndex(source);
    return new StatementSyntax.Update(source.table(), changes, where, returning);
  }

  private List<StatementSyntax.Change> changes() {
    List<StatementSyntax.Change> changes = new ArrayList<>();
    while (reader.at("set") || reader.at("remove")) {
      if (reader.take("set")) {
        changes.addAll(reader.list(this::assignment));
      } else {
        reader.next();
        changes.add(new StatementSyntax.Change(terms.simplePath(), Optional.empty()));
      }
    }
    refuseClause("insert");
    if (changes.isEmpty()) {
      throw expectedManipulation();
    }
    return changes;
  }

  private StatementSyntax.Change assignment() {
    Term.Path path = terms.simplePath();
    Token equal = reader.next();
    if (equal.kind() != Token.Kind.OPERATOR || !equal.text().equals("=")) {
      throw StatementErrors.malformed("Expected '='");
    }
    return new StatementSyntax.Change(path, Optional.of(terms.term()));
  }

  private StatementSyntax delete() {
    reader.expect("from", "Expected FROM after DELETE");
    Source source = sources.target();
    sources.takeAliases();
    Optional<Term> where = where();
    Optional<Returning> returning = returning();
    returning
        .filter(clause -> clause != Returning.ALL_OLD)
        .ifPresent(clause -> {
          throw StatementErrors.invalid(
              "Invalid returning clause: "
                  + clause.clause()
                  + ". Only RETURNING ALL OLD * is allowed in DELETE statements.");
        });
    SourceGrammar.refuseIndex(source);
    return new StatementSyntax.Delete(source.table(), where, returning.isPresent());
  }

  private Optional<Returning> returning() {
    if (!reader.take("returning")) {
      return Optional.empty();
    }
    Returning returning = mapping();
    if (!reader.take(Token.Kind.STAR)) {
      Token at = reader.peek();
      terms.term();
      throw StatementErrors.unsupported("RETURNING column", at);
    }
    if (reader.at(Token.Kind.COMMA)) {
      throw StatementErrors.unsupported("RETURNING list", reader.peek());
    }
    return Optional.of(returning);
  }

  private Returning mapping() {
    if (reader.take("all", "old")) {
      return Returning.ALL_OLD;
    }
    if (reader.take("all", "new")) {
      return Returning.ALL_NEW;
    }
    if (reader.take("modified", "old")) {
      return Returning.MODIFIED_OLD;
    }
    if (reader.take("modified", "new")) {
      return Returning.MODIFIED_NEW;
    }
    throw StatementErrors.malformed(
        "Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.");
  }

  private void refuseClause(String keyword) {
    if (reader.at(keyword)) {
      throw StatementErrors.unsupported(
          "clause: " + keyword.toUpperCase(Locale.ROOT), reader.peek());
    }
  }

  private static ValidationException expectedManipulation() {
    return StatementErrors.malformed("Expected data manipulation");
  }
}
