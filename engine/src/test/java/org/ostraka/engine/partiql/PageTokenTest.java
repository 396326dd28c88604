package org.ostraka.engine.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.TableUse;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.engine.query.Source;
import org.ostraka.model.AttributeDefinition;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.Item;
import org.ostraka.model.KeyType;
import org.ostraka.model.Limits;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.ScalarType;
import org.ostraka.model.TableKey;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.operation.ExecuteStatement;
import org.ostraka.model.operation.KeySchemaElement;
import org.ostraka.model.operation.NewIndex;
import org.ostraka.model.operation.ParameterizedStatement;
import org.ostraka.testkit.random.RandomCase;

/** A token comes from the caller, who may have made it: it is nothing to trust. */
final class PageTokenTest {
  private static final TableKey KEY =
      new TableKey(
          new AttributeDefinition("pk", ScalarType.S),
          Optional.of(new AttributeDefinition("sk", ScalarType.N)));
  private static final ParameterizedStatement STATEMENT =
      statement("SELECT * FROM votes WHERE pk IN ['a', 'b'] AND sk > 1");

  private final TestEngine engine = new TestEngine();
  private final OperationHandler<ExecuteStatement.Request, ExecuteStatement.Response> handler =
      engine.operations().executeStatement();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aTokenComesBackAsItWas() {
    PageToken token = new PageToken(Bytes.wrap(new byte[32]), 49, key("a", 7));
    assertThat(PageToken.of(token.text())).isEqualTo(token);
  }

  @Test
  void aPageGoesOnOnlyWhereItsStatementReads() {
    engine.create("votes", KEY);
    for (int i = 0; i < 4; i++) {
      engine.put("votes", key("a", i));
    }
    Bytes digest = digest("votes");
    assertThat(answer(new PageToken(digest, 0, key("a", 2)))).isEqualTo("[3]");
    // There need not be an item, nor need it be within a page's reach.
    assertThat(answer(new PageToken(digest, 0, key("a", 100)))).isEqualTo("[]");
    assertThat(answer(new PageToken(digest, 1, key("b", 5)))).isEqualTo("[]");
    String invalid = "Invalid NextToken";
    assertThat(answer(new PageToken(digest, 0, key("b", 2)))).isEqualTo(invalid);
    assertThat(answer(new PageToken(digest, 0, key("a", 1)))).isEqualTo(invalid);
    assertThat(answer(new PageToken(digest, 2, key("a", 2)))).isEqualTo(invalid);
    assertThat(answer(new PageToken(digest, -1, key("a", 2)))).isEqualTo(invalid);
    assertThat(answer(new PageToken(digest, 0, key("a", 2).only(List.of("pk")))))
        .isEqualTo(invalid);
    assertThat(answer(new PageToken(digest, 0, key("", 2)))).isEqualTo(invalid);
    assertThat(answer(new PageToken(Bytes.wrap(new byte[32]), 0, key("a", 2))))
        .isEqualTo("NextToken does not match request");
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void tokensThatWereTamperedWithAreRefusedOrHarmless(TestInfo test) {
    engine.create("votes", KEY);
    engine.put("votes", key("a", 2));
    byte[] sound = Base64.getDecoder().decode(token(digest("votes"), 0, key("a", 2)));
    RandomCase cases = RandomCase.of(test);
    for (int i = 0; i < 5_000; i++) {
      RandomGenerator random = cases.branch(i);
      byte[] bytes = java.util.Arrays.copyOf(sound, sound.length + random.nextInt(-8, 9));
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      String text = Base64.getEncoder().encodeToString(bytes);
      assertThat(answer(text))
          .as(text)
          .isIn("[]", "[2]", "Invalid NextToken", "NextToken does not match request");
    }
  }

  /**
   * The longest keys that statements meet: one attribute of each kind in an index, and the table's.
   */
  @Test
  void theTokenOfTheLongestKeysCanBeSentBack() {
    List<AttributeDefinition> attributes = new ArrayList<>();
    List<KeySchemaElement> schema = new ArrayList<>();
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    for (int i = 0; i < 2; i++) {
      boolean partition = i == 0;
      String name = String.valueOf((char) ('a' + i)).repeat(Limits.KEY_NAME_CHARS);
      attributes.add(new AttributeDefinition(name, ScalarType.B));
      schema.add(new KeySchemaElement(name, partition ? KeyType.HASH : KeyType.RANGE));
      item.put(name, zeros(partition ? Limits.PARTITION_KEY_BYTES : Limits.SORT_KEY_BYTES));
    }
    String pk = "y".repeat(Limits.KEY_NAME_CHARS);
    String sk = "z".repeat(Limits.KEY_NAME_CHARS);
    item.put(pk, zeros(Limits.PARTITION_KEY_BYTES));
    item.put(sk, zeros(Limits.SORT_KEY_BYTES));
    engine.create(
        "votes",
        new TableKey(
            new AttributeDefinition(pk, ScalarType.B),
            Optional.of(new AttributeDefinition(sk, ScalarType.B))),
        attributes,
        List.of(),
        List.of(new NewIndex("longest", schema, "ALL", null, null, null)));
    engine.put("votes", new Item(item));
    ExecuteStatement.Response page =
        execute(statement("SELECT * FROM votes.longest"), Optional.empty());
    assertThat(page.items()).hasSize(1);
    String token = Optional.ofNullable(page.nextToken()).orElseThrow();
    assertThat(token.length()).isLessThanOrEqualTo(Limits.NEXT_TOKEN_CHARS);
    assertThat(execute(statement("SELECT * FROM votes.longest"), Optional.of(token)).items())
        .isEmpty();
  }

  private static AttributeValue zeros(int bytes) {
    return new AttributeValue.B(Bytes.wrap(new byte[bytes]));
  }

  private String answer(PageToken token) {
    return answer(token.text());
  }

  /** The sort keys of the items that come, or what is said. */
  private String answer(String token) {
    try {
      return execute(STATEMENT, Optional.of(token)).items().stream()
          .map(item -> ((AttributeValue.N) item.attribute("sk").orElseThrow()).value())
          .toList()
          .toString();
    } catch (ValidationException refusal) {
      return refusal.text();
    }
  }

  private ExecuteStatement.Response execute(
      ParameterizedStatement statement, Optional<String> token) {
    return handler.handle(
        TestEngine.CALLER,
        new ExecuteStatement.Request(
            statement, token.orElse(null), 1, ReturnConsumedCapacity.NONE));
  }

  private static String token(Bytes digest, int read, Item key) {
    return new PageToken(digest, read, key).text();
  }

  private Bytes digest(String table) {
    try (TableUse use =
        engine.catalogue().use(TestEngine.CALLER.principal(), TestEngine.arn(table))) {
      return PageToken.digest(STATEMENT, new Source(use, Optional.empty()));
    }
  }

  private static ParameterizedStatement statement(String text) {
    return new ParameterizedStatement(text, List.of(), null, false, false);
  }

  private static Item key(String pk, int sk) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("pk", new AttributeValue.S(pk));
    attributes.put("sk", new AttributeValue.N(java.math.BigDecimal.valueOf(sk)));
    return new Item(attributes);
  }
}
