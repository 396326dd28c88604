package org.ostraka.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.ostraka.identity.wire.PolicyReader;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.AccountId;

/**
 * The cases of AWS's documentation, in {@code policies/*.txt}, each under the page that it is drawn
 * from. A line sets the policies, the requester or the owner for the cases that follow.
 */
final class DocumentedCasesTest {
  private static final List<String> FILES =
      List.of("conditions.txt", "elements.txt", "evaluation.txt");
  private static final int CASES_MIN = 200;

  private String page = "";
  private final List<AttachedPolicy> identity = new ArrayList<>();
  private final List<AttachedPolicy> session = new ArrayList<>();
  private Optional<AttachedPolicy> boundary = Optional.empty();
  private Optional<AttachedPolicy> resource = Optional.empty();
  private Requester requester = user("arn:aws:iam::111122223333:user/u");
  private AccountId owner = new AccountId("111122223333");

  @TestFactory
  Stream<DynamicTest> verdictsAreThoseOfTheDocumentation() throws IOException {
    return cases().stream();
  }

  @Test
  void thereAreManyCases() throws IOException {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(CASES_MIN);
  }

  private List<DynamicTest> cases() throws IOException {
    List<DynamicTest> cases = new ArrayList<>();
    for (String file : FILES) {
      int number = 0;
      for (String line : lines(file)) {
        number++;
        if (line.startsWith("> ")) {
          cases.add(one(file + ":" + number, line.substring(2)));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          set(line);
        }
      }
    }
    return cases;
  }

  private static List<String> lines(String file) throws IOException {
    try (InputStream in =
            Objects.requireNonNull(
                DocumentedCasesTest.class.getResourceAsStream("/policies/" + file));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private void set(String line) {
    String[] words = line.split(" ", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "page" -> page = rest;
      case "clear" -> clear();
      case "policy" -> identity.add(read(rest, PolicyUse.IDENTITY));
      case "session" -> session.add(read(rest, PolicyUse.IDENTITY));
      case "boundary" -> boundary = Optional.of(read(rest, PolicyUse.IDENTITY));
      case "resource" -> resource = Optional.of(read(rest, PolicyUse.RESOURCE));
      case "condition" -> {
        clear();
        identity.add(
            read(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\","
                    + "\"Resource\":\"*\",\"Condition\":"
                    + rest
                    + "}}",
                PolicyUse.IDENTITY));
      }
      case "owner" -> owner = new AccountId(rest);
      case "as" -> requester = requester(rest.split(" "));
      default -> throw new IllegalArgumentException(line);
    }
  }

  private void clear() {
    identity.clear();
    session.clear();
    boundary = Optional.empty();
    resource = Optional.empty();
    requester = user("arn:aws:iam::111122223333:user/u");
    owner = new AccountId("111122223333");
  }

  private static AttachedPolicy read(String json, PolicyUse use) {
    return new AttachedPolicy("policy", PolicyReader.read(json, use));
  }

  private static Requester user(String arn) {
    return new Requester.User(account(arn), arn);
  }

  private static Requester requester(String[] words) {
    return switch (words[0]) {
      case "root" -> new Requester.Root(new AccountId(words[1]));
      case "user" -> user(words[1]);
      case "role" -> new Requester.RoleSession(account(words[1]), words[1], words[2]);
      case "federated" -> new Requester.FederatedUser(account(words[1]), words[1], words[2]);
      case "service" -> new Requester.Service(words[1]);
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static AccountId account(String arn) {
    return new AccountId(arn.split(":")[4]);
  }

  private DynamicTest one(String place, String line) {
    int end = line.lastIndexOf(" : ");
    String[] words = line.substring(0, end).strip().split(" ");
    String expected = line.substring(end + 3);
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String values = words[i].substring(equals + 1);
      keys.put(
          words[i].substring(0, equals),
          values.isEmpty() ? List.of() : List.of(values.split("\\|")));
    }
    AuthorizationRequest request =
        new AuthorizationRequest(requester, words[0], words[1], owner, new ContextKeys(keys));
    Policies policies = new Policies(identity, boundary, session, resource);
    return DynamicTest.dynamicTest(
        place,
        () ->
            assertThat(text(Evaluator.evaluate(request, policies)))
                .as("%s\n%s", page, line)
                .isEqualTo(expected));
  }

  private static String text(Verdict verdict) {
    String outcome =
        switch (verdict.outcome()) {
          case ALLOWED -> "allowed";
          case EXPLICITLY_DENIED -> "denied";
          case NOT_ALLOWED -> "missing";
        };
    return outcome + verdict.kind().map(kind -> " " + kind.name()).orElse("");
  }
}
