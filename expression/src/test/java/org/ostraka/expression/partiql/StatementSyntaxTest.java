package org.ostraka.expression.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.expression.Values.item;
import static org.ostraka.expression.Values.l;
import static org.ostraka.expression.Values.n;
import static org.ostraka.expression.Values.ns;
import static org.ostraka.expression.Values.s;
import static org.ostraka.expression.Values.ss;
import static org.ostraka.expression.partiql.Statements.error;
import static org.ostraka.expression.partiql.Statements.select;
import static org.ostraka.expression.partiql.Statements.statement;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ostraka.expression.Path;
import org.ostraka.expression.SetValue;
import org.ostraka.expression.UpdateAction;
import org.ostraka.expression.UpdateOperand;
import org.ostraka.expression.Values;
import org.ostraka.model.AttributeValue;

/** "PartiQL statements for DynamoDB" in the Developer Guide. */
final class StatementSyntaxTest {
  private static final AttributeValue[] NONE = {};
  private static final String MALFORMED = "Statement wasn't well formed, can't be processed: ";

  @Test
  void aSelectNamesATableOrAnIndex() {
    assertThat(select("SELECT * FROM Music").source())
        .isEqualTo(new Source("Music", Optional.empty()));
    assertThat(select("select * from \"Music\".\"By\"\"Year\"\"\"").source())
        .isEqualTo(new Source("Music", Optional.of("By\"Year\"")));
    assertThat(select("SELECT * FROM Music.ByYear WHERE a = 1").source().index())
        .contains("ByYear");
    String arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Music";
    assertThat(select("SELECT * FROM \"" + arn + "\"").table()).isEqualTo(arn);
  }

  @Test
  void aSelectListsPaths() {
    assertThat(select("SELECT * FROM t").list()).isEqualTo(SelectList.EVERYTHING);
    SelectList list = select("SELECT a, b.c[0].\"size\", \"select\", d['e f'] FROM t").list();
    assertThat(list.paths())
        .containsExactly(
            Path.of("a"),
            new Path(
                List.of(
                    new Path.Step.Field("b"),
                    new Path.Step.Field("c"),
                    new Path.Step.Index(0),
                    new Path.Step.Field("size"))),
            Path.of("select"),
            Path.of("d", "e f"));
  }

  // floci pull request 3798; dynoxide, executor.rs.
  @Test
  void aSelectedValueIsNamedByTheEndOfItsPath() {
    AttributeValue c = l(n("1"), Values.m("size", n("2")));
    SelectList list = select("SELECT b.c[0], b.c[1].\"size\", b.c, x, b.c[9] FROM t").list();
    assertThat(list.of(item("b", Values.m("c", c))))
        .isEqualTo(item("c[0]", n("1"), "size", n("2"), "c", c));
  }

  @Test
  void selectedValuesComeInTheOrderOfTheirPaths() {
    AttributeValue list = l(n("1"), n("2"), n("3"));
    SelectList few = select("SELECT z, l[2], m.b, l[0], z FROM t").list();
    assertThat(few.of(item("l", list, "m", Values.m("a", n("1"), "b", n("4")), "z", n("5"))))
        .isEqualTo(item("l[2]", n("3"), "b", n("4"), "l[0]", n("1"), "z", n("5")));
    StringBuilder many = new StringBuilder("SELECT l[0]");
    for (int i = 1; i < 100; i++) {
      many.append(", l[").append(i).append("], m.a").append(i).append(", x").append(i);
    }
    assertThat(select(many + " FROM t").list().of(item("x7", n("7"), "l", list)).attributes())
        .containsExactly(
            Map.entry("l[0]", n("1")),
            Map.entry("l[1]", n("2")),
            Map.entry("l[2]", n("3")),
            Map.entry("x7", n("7")));
  }

  @Test
  void aSelectTellsNoValueManyTimes() {
    assertThat(error("SELECT a.b.c.d, a, a.b, a.b.c, a, x FROM t")).isEqualTo("no error");
    assertThat(error("SELECT a.b.c.d, a, a.b, a.b.c, a.b.c.d[1] FROM t"))
        .isEqualTo("A SELECT list may have at most 4 paths that lie within each other");
  }

  @Test
  void aSelectIsOrderedByKeys() {
    assertThat(select("SELECT * FROM t WHERE a = 1 ORDER BY a, \"b\" DESC, c asc").orderBy())
        .containsExactly(
            new Ordering("a", false), new Ordering("b", true), new Ordering("c", false));
  }

  @Test
  void commentsAndASemicolonMayStandAround() {
    assertThat(statement("-- all of it\r\nSELECT /* of\n \"?\" */ *\tFROM t -- ' \n;  "))
        .isEqualTo(statement("SELECT * FROM t"));
    assertThat(statement("SELECT * FROM t--")).isEqualTo(statement("SELECT * FROM t"));
  }

  // "PartiQL data types for DynamoDB".
  @Test
  void anInsertHasAnItem() {
    assertThat(
            statement(
                """
                INSERT INTO TypesTable value {'primarykey':'1',
                'NumberType':1,
                'MapType' : {'entryname1': 'value', 'entryname2': 4},
                'ListType': [1,'stringval'],
                'NumberSetType':<<1,34,32,4.5>>,
                'StringSetType':<<'stringval','stringval2'>>
                }\
                """))
        .isEqualTo(
            new Statement.Insert(
                "TypesTable",
                item(
                    "primarykey",
                    s("1"),
                    "NumberType",
                    n("1"),
                    "MapType",
                    Values.m("entryname1", s("value"), "entryname2", n("4")),
                    "ListType",
                    l(n("1"), s("stringval")),
                    "NumberSetType",
                    ns("1", "34", "32", "4.5"),
                    "StringSetType",
                    ss("stringval", "stringval2"))));
  }

  // "PartiQL data types for DynamoDB".
  @Test
  void anUpdateSetsAndRemoves() {
    Statement.Update update =
        (Statement.Update)
            statement(
                """
                UPDATE TypesTable
                SET NumberType=NumberType - 1
                REMOVE ListType[1]
                SET MapType.NewMapEntry=[2020, 'stringvalue', 2.4], Other = 5
                SET ListType2 = LIST_APPEND(ListType2, [4, <<'string1', 'string2'>>])
                SET NumberSetType = SET_DELETE( NumberSetType, <<345>>)
                SET StringSetType = set_add(StringSetType, ?)
                WHERE primarykey='1' RETURNING MODIFIED NEW *\
                """,
                ss("x"));
    Path number = Path.of("NumberType");
    Path list = Path.of("ListType2");
    assertThat(update.update().actions())
        .containsExactly(
            new UpdateAction.Set(
                number,
                new SetValue.Difference(
                    new UpdateOperand.Attribute(number), new UpdateOperand.Literal(n("1")))),
            new UpdateAction.Remove(
                new Path(List.of(new Path.Step.Field("ListType"), new Path.Step.Index(1)))),
            new UpdateAction.Set(
                Path.of("MapType", "NewMapEntry"), plain(l(n("2020"), s("stringvalue"), n("2.4")))),
            new UpdateAction.Set(Path.of("Other"), plain(n("5"))),
            new UpdateAction.Set(
                list,
                new SetValue.Plain(
                    new UpdateOperand.ListAppend(
                        new UpdateOperand.Attribute(list),
                        new UpdateOperand.Literal(l(n("4"), ss("string1", "string2")))))),
            new UpdateAction.Delete(Path.of("NumberSetType"), ns("345")),
            new UpdateAction.Add(Path.of("StringSetType"), ss("x")));
    assertThat(update.where()).isEqualTo(Statements.whereOf("primarykey = '1'"));
    assertThat(update.returning()).contains(Returning.MODIFIED_NEW);
  }

  private static SetValue plain(AttributeValue value) {
    return new SetValue.Plain(new UpdateOperand.Literal(value));
  }

  @Test
  void aDeleteMayReturnWhatWasThere() {
    assertThat(statement("DELETE FROM t WHERE a = 1 RETURNING ALL OLD *"))
        .isEqualTo(new Statement.Delete("t", Statements.whereOf("a = 1"), true));
    assertThat(statement("DELETE FROM \"t\" WHERE a = 1"))
        .isEqualTo(new Statement.Delete("t", Statements.whereOf("a = 1"), false));
  }

  // "Performing transactions with PartiQL for DynamoDB".
  @Test
  void existsChecksAnItem() {
    String select = "SELECT * FROM \"Music\" where Artist='No One' and Awards is MISSING";
    Statement.Exists exists = (Statement.Exists) statement("EXISTS(" + select + ")");
    assertThat(exists.select()).isEqualTo(statement(select));
    assertThat(exists.isRead()).isFalse();
    assertThat(exists.table()).isEqualTo("Music");
  }

  // Real answers: aws-sdk-for-javascript-v3 issue 98, PyDynamoDB issues 26 and 28, dynoxide pull
  // request 149. The others are the reference parser's, behind the words that those show.
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "UPDATE Payment-x SET active=? WHERE id=? => Expected data manipulation",
        "INSERT INTO urls (key, b) VALUES (?, ?) => Unexpected keyword",
        "SELECT payload.size FROM t WHERE pk='foo' => Invalid path dot component",
        "HELLO => Expected data manipulation",
        "; => Expected data manipulation",
        "UPDATE t WHERE a = 1 => Expected data manipulation",
        "SELECT * t => Expected FROM after SELECT list",
        "SELECT FROM t => Unexpected keyword",
        "SELECT *, a FROM t => Other expressions may not be present in the"
            + " select list when '*' is used without dot notation.",
        "SELECT * FROM t WHERE => Unexpected term",
        "SELECT * FROM t WHERE a = => Missing right-hand side expression of infix" + " operator",
        "SELECT * FROM t WHERE a BETWEEN 1 AND => Expected expression after AND",
        "SELECT * FROM t WHERE date = 1 => Unexpected keyword",
        "SELECT * FROM t WHERE a = 1 b => Unexpected token after expression",
        "SELECT * FROM t; SELECT * FROM t => Unexpected token after semicolon. (Only one"
            + " query is allowed.)",
        "SELECT * FROM t WHERE (a = 1 => Expected RIGHT_PAREN",
        "SELECT * FROM t WHERE a IN [1 => Expected RIGHT_BRACKET",
        "SELECT * FROM t WHERE a IS b => Expected type name",
        "SELECT * FROM t WHERE = 1 => Unexpected operator",
        "INSERT INTO t VALUE {'a' 1} => Expected COLON",
        "INSERT INTO t VALUE {'a': 1 => Expected RIGHT_CURLY",
        "INSERT INTO t VALUE {'a': <<1} => Expected RIGHT_DOUBLE_ANGLE_BRACKET",
        "INSERT INTO 't' VALUE {'a': 1} => Expected identifier for simple path",
        "INSERT INTO t VALUE {'a': 1} IF NOT EXISTS => Unexpected token after expression",
        "UPDATE t SET a 1 => Expected '='",
        "UPDATE t SET 1 = a => Expected identifier for simple path",
        "UPDATE t SET a[b] = 1 => Invalid path component for simple path",
        "UPDATE t SET a.* = 1 => Invalid path dot component for simple path",
        "UPDATE t REMOVE a, b WHERE c = 1 => Unexpected token after expression",
        "UPDATE t SET a = 1 WHERE b = 1 RETURNING * => Expected ( MODIFIED | ALL ) ( NEW | OLD ) in"
            + " each returning element.",
        "DELETE t WHERE a = 1 => Expected FROM after DELETE",
        "FROM t => Expected data manipulation",
        "FROM t WHERE a = 1 => Expected data manipulation",
        "FROM t WHERE a = 1 DELETE => Expected data manipulation",
        "FROM t SET c = 1 WHERE a = 1 => Unexpected token after expression",
        "SELECT a AS 1 FROM t => Expected identifier for alias",
        "SELECT a AS b FROM t WHERE => Unexpected term",
      })
  void malformedStatementsAreRefused(String text, String problem) {
    assertThat(error(text)).isEqualTo(MALFORMED + problem);
  }

  // floci, DynamoDbPartiQLParser: an open comment.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t /* open",
        "SELECT * FROM t WHERE a = 'open",
        "SELECT * FROM \"open",
        "SELECT * FROM t WHERE a = 1e",
        "SELECT * FROM t WHERE a ! b",
        "SELECT * FROM t WHERE é = 1",
        "SELECT * FROM t WHERE a = `1`",
        "SELECT * FROM t WHERE a = #b",
      })
  void whatIsNoTokenIsRefusedWithoutAReason(String text) {
    assertThat(error(text)).isEqualTo(MALFORMED);
  }

  // floci, DynamoDbPartiQLParser and DynamoDbPartiQLHandler; RETURNING: dynoxide pull request 147.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM a.b.c                | A path may contain at most 2 components in the FROM"
            + " clause",
        "SELECT * FROM a.\"\"               | Path component cannot be an empty string",
        "INSERT INTO a.b VALUE {'c': 1}     | FROM clause may only contain a single table name",
        "UPDATE a.b SET c = 1 WHERE d = 1   | This operation is not supported on an index",
        "DELETE FROM a.b WHERE c = 1        | This operation is not supported on an index",
        "DELETE FROM a WHERE b = 1 RETURNING MODIFIED OLD * | Invalid returning clause: RETURNING"
            + " MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
        "DELETE FROM a WHERE b = 1 RETURNING ALL NEW * | Invalid returning clause: RETURNING ALL NEW"
            + " *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
      })
  void tablesAndReturningHaveTheirRules(String text, String message) {
    assertThat(error(text)).isEqualTo(message);
  }

  // Recorded answers of the service, 2026; AT and BY by analogy.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT a AS b FROM t               | Aliasing is not supported",
        "SELECT a b FROM t                  | Aliasing is not supported",
        "SELECT * FROM t AS x WHERE x = 1   | Aliasing is not supported",
        "SELECT * FROM t x                  | Aliasing is not supported",
        "SELECT * FROM t AT x BY y          | Aliasing is not supported",
        "UPDATE t AS x SET a = 1 WHERE b = 1 | Aliasing is not supported",
        "DELETE FROM t x WHERE b = 1        | Aliasing is not supported",
        "FROM t x WHERE b = 1 SET a = 1     | Aliasing is not supported",
        "SELECT COUNT(*) FROM t             | Unexpected path component at 1:8:5",
        "SELECT a, size(a) FROM t           | Unexpected path component at 1:11:4",
      })
  void aSelectListsPathsAndNamesNothingAnew(String text, String message) {
    assertThat(error(text)).isEqualTo(message);
  }

  // Recorded answers of the service, 2026; the grammar is that of SqlParser.kt.
  @Test
  void anUpdateMayNameItsItemFirst() {
    assertThat(
            statement(
                "FROM \"t\" WHERE pk = 'x' SET c = 1, d = 2 REMOVE e SET f = set_add(f, <<1>>)"
                    + " RETURNING ALL OLD *"))
        .isEqualTo(
            statement(
                "UPDATE t SET c = 1, d = 2 REMOVE e SET f = set_add(f, <<1>>) WHERE pk = 'x'"
                    + " RETURNING ALL OLD *"));
    assertThat(statement("FROM t SET c = 1")).isEqualTo(statement("UPDATE t SET c = 1"));
    assertThat(error("FROM t.i WHERE pk = 'x' SET c = 1"))
        .isEqualTo("This operation is not supported on an index");
  }

  // No source measured these texts.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM t WHERE a = 1 LIMIT 5     | Unsupported clause: LIMIT at 1:29:5",
        "SELECT * FROM t GROUP BY a              | Unsupported clause: GROUP at 1:17:5",
        "SELECT DISTINCT a FROM t                | Unsupported clause: DISTINCT at 1:8:8",
        "SELECT * FROM t, u                      | Unsupported clause: JOIN at 1:16:1",
        "SELECT * FROM t JOIN u ON a = b         | Unsupported clause: JOIN at 1:17:4",
        "SELECT 1 FROM t                         | Unexpected path component at 1:8:1",
        "FROM t WHERE a = 1 INSERT INTO u VALUE 1 | Unsupported clause: INSERT at 1:20:6",
        "INSERT INTO t VALUE ?                   | Unsupported item in INSERT at 1:21:1",
        "INSERT INTO t VALUES (1)                | Unexpected keyword",
        "INSERT INTO t <<{'a': 1}>>              | Unsupported syntax: INSERT without VALUE at"
            + " 1:15:2",
        "INSERT INTO t VALUE {'a': 1} ON CONFLICT DO NOTHING | Unsupported clause: ON at 1:30:2",
        "UPDATE t SET a = 1 WHERE b = 1 RETURNING ALL OLD a  | Unsupported RETURNING column at"
            + " 1:50:1",
      })
  void whatTheDialectLacksIsRefused(String text, String message) {
    AttributeValue[] parameters = text.contains("?") ? new AttributeValue[] {n("1")} : NONE;
    assertThat(error(text, parameters)).endsWith(message);
  }

  @Test
  void placesCountLinesAndColumns() {
    assertThat(error("SELECT *\r\nFROM t\n WHERE a = 1 LIMIT 5"))
        .isEqualTo("Unsupported clause: LIMIT at 3:14:5");
  }

  @Test
  void depthHasABound() {
    String deep = "(".repeat(4000) + "a = 1" + ")".repeat(4000);
    assertThat(error("SELECT * FROM t WHERE " + deep)).startsWith(MALFORMED);
    assertThat(error("SELECT * FROM t WHERE " + "NOT ".repeat(1900) + "a = 1"))
        .startsWith(MALFORMED);
    assertThat(error("SELECT * FROM t WHERE a = " + " -".repeat(3000) + "1")).startsWith(MALFORMED);
  }
}
