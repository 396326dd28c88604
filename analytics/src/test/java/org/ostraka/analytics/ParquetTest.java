package org.ostraka.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.cli.analytics.Analytics;
import org.ostraka.cli.analytics.AnalyticsException;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;

/** Items in Parquet files, read again by SQL. */
final class ParquetTest {
  private final Analytics analytics = new DuckDbAnalytics();

  @TempDir Path parent;

  private Path votes;

  @BeforeEach
  void name() {
    votes = parent.resolve("votes");
  }

  @Test
  void everyTypeHasItsColumn() {
    write(
        Map.of(
            "s", s("x\0é😀"),
            "n", n("7"),
            "d", n("1.50"),
            "b", new AttributeValue.B(Bytes.of(0, 255)),
            "f", new AttributeValue.Bool(true),
            "ss", new AttributeValue.SS(Set.of("a", "b")),
            "ns", new AttributeValue.NS(Set.of(new BigDecimal("1"), new BigDecimal("2.25"))),
            "bs", new AttributeValue.BS(Set.of(Bytes.of(1))),
            "l", new AttributeValue.L(List.of(s("q"), n("0.1"))),
            "m", new AttributeValue.M(Map.of("k", new AttributeValue.Null()))));
    assertThat(answer("SELECT s, n, d, f, ss, ns, l, m FROM votes"))
        .isEqualTo(
            """
            s,n,d,f,ss,ns,l,m
            "x\0é😀",7,1.5,true,"[a, b]","[1.00, 2.25]","{""L"":[{""S"":""q""},{""N"":""0.1""}]}",\
            "{""M"":{""k"":{""NULL"":true}}}"
            """);
    assertThat(answer("SELECT hex(b), hex(bs[1]) FROM votes")).endsWith("00FF,01\n");
    assertThat(
            answer(
                "SELECT typeof(s), typeof(n), typeof(d), typeof(b), typeof(f), typeof(ss),"
                    + " typeof(ns), typeof(bs), typeof(l), typeof(m) FROM votes"))
        .endsWith(
            """

            VARCHAR,BIGINT,"DECIMAL(38,1)",BLOB,BOOLEAN,VARCHAR[],"DECIMAL(38,2)[]",BLOB[],\
            VARCHAR,VARCHAR
            """);
  }

  @Test
  void numbersLoseNoDigit() {
    String whole = "12345678901234567890123456789012345678";
    String wide = "1234567890123456789012345678901234567.8";
    write(
        Map.of("small", n("-999999999999999999"), "whole", n(whole), "wide", n(wide)),
        Map.of("far", n("1E-130"), "small", n("1"), "mixed", n(whole)),
        Map.of("far", n("9.9E+125"), "mixed", n("0.1")));
    assertThat(answer("SELECT small, whole, wide, far, mixed FROM votes"))
        .isEqualTo(
            "small,whole,wide,far,mixed\n"
                + ("-999999999999999999," + whole + "," + wide + ",,\n")
                + ("1,,,0." + "0".repeat(129) + "1," + whole + "\n")
                + (",,,99" + "0".repeat(124) + ",0.1\n"));
    assertThat(answer("SELECT sum(whole) FROM votes")).endsWith(whole + "\n");
  }

  @Test
  void attributesOfSeveralTypesAreText() {
    write(
        Map.of("a", s("x"), "b", n("1")),
        Map.of("a", n("1"), "b", new AttributeValue.Null()),
        Map.of("a", new AttributeValue.Null()));
    assertThat(answer("SELECT a, b FROM votes"))
        .isEqualTo(
            """
            a,b
            "{""S"":""x""}",1
            "{""N"":""1""}",
            "{""NULL"":true}",
            """);
    assertThat(answer("SELECT a::JSON->>'S' AS a FROM votes WHERE a::JSON->>'S' = 'x'"))
        .endsWith("x\n");
  }

  @Test
  void namesThatDifferInCaseAndManyNamesHaveTheirColumns() {
    Map<String, AttributeValue> many = new LinkedHashMap<>();
    many.put("id", n("1"));
    many.put("ID", s("upper"));
    many.put("with \"quotes\"", s("q"));
    IntStream.range(0, Columns.COLUMNS_MAX).forEach(i -> many.put("a" + i, n("" + i)));
    write(many);
    assertThat(answer("SELECT id, id_2, \"with \"\"quotes\"\"\", a996, _other FROM votes"))
        .endsWith(
            "\n1,upper,q,996,\"{\"\"a997\"\":{\"\"N\"\":\"\"997\"\"},\"\"a998\"\":{\"\"N\"\":"
                + "\"\"998\"\"},\"\"a999\"\":{\"\"N\"\":\"\"999\"\"}}\"\n");
  }

  @Test
  void anEmptyTableHasAFile() {
    write();
    assertThat(answer("SELECT count(*) FROM votes")).endsWith("\n0\n");
  }

  @Test
  void statementsSeeTheirTablesOnly() throws Exception {
    write(Map.of("id", n("1")));
    Path secret = Files.writeString(parent.resolve("secret.csv"), "a\n1\n");
    Path made = parent.resolve("made.csv");
    assertThatThrownBy(() -> answer("SELECT * FROM '" + secret + "'"))
        .isInstanceOf(AnalyticsException.class)
        .hasMessageContaining("Permission");
    assertThatThrownBy(() -> answer("COPY votes TO '" + made + "'"))
        .isInstanceOf(AnalyticsException.class);
    assertThat(made).doesNotExist();
    assertThatThrownBy(() -> answer("SELECT * FROM nobody"))
        .isInstanceOf(AnalyticsException.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void aDirectoryIsNotWrittenTwice() {
    write(Map.of("id", n("1")));
    assertThatThrownBy(() -> write(Map.of("id", n("2"))))
        .isInstanceOf(AnalyticsException.class)
        .hasMessage(votes + " exists already");
  }

  @Test
  void aSecondExportIntoTheSameDirectoryIsRefusedWhileTheFirstOneWrites() {
    Item item = new Item(Map.of("id", n("1")));
    AtomicInteger readings = new AtomicInteger();
    Analytics.Items items =
        each -> {
          if (readings.incrementAndGet() == 2) {
            assertThatThrownBy(() -> write(Map.of("id", n("2"))))
                .isInstanceOf(AnalyticsException.class)
                .hasMessage(votes + " is being written by another export");
          }
          each.accept(item);
        };
    assertThat(analytics.write(items, votes, _ -> {})).isEqualTo(1);
    assertThat(readings).hasValue(2);
    assertThat(answer("SELECT id FROM votes")).isEqualTo("id\n1\n");
    assertThat(votes).isDirectoryNotContaining("glob:**lock");
  }

  @Test
  void whatAKilledExportLeftIsRemoved() throws Exception {
    Path unfinished = Files.createDirectories(parent.resolve(votes.getFileName() + ".unfinished~"));
    Files.writeString(unfinished.resolve("lock"), "");
    Files.writeString(unfinished.resolve("left.parquet"), "half of a file");
    write(Map.of("id", n("1")));
    assertThat(answer("SELECT id FROM votes")).isEqualTo("id\n1\n");
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void tablesAreShownInColumns() {
    write(Map.of("id", n("1"), "name", s("solon")), Map.of("id", n("200")));
    StringWriter out = new StringWriter();
    analytics.query(
        "SELECT id, name FROM votes ORDER BY id",
        Map.of("votes", votes),
        Analytics.Form.TABLE,
        new PrintWriter(out));
    assertThat(out.toString().lines()).containsExactly("id   name", "1    solon", "200  NULL");
  }

  @SafeVarargs
  private void write(Map<String, AttributeValue>... items) {
    long written =
        analytics.write(
            each -> {
              for (Map<String, AttributeValue> item : items) {
                each.accept(new Item(item));
              }
            },
            votes,
            _ -> {});
    assertThat(written).isEqualTo(items.length);
  }

  private String answer(String sql) {
    StringWriter out = new StringWriter();
    analytics.query(sql, Map.of("votes", votes), Analytics.Form.CSV, new PrintWriter(out));
    return out.toString().replace("\r\n", "\n");
  }

  private static AttributeValue s(String text) {
    return new AttributeValue.S(text);
  }

  private static AttributeValue n(String number) {
    return new AttributeValue.N(new BigDecimal(number));
  }
}
