package org.ostraka.identity.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ostraka.identity.policy.RawPolicy.RawStatement;
import org.ostraka.model.AccountId;

/** Makes random policies and requests from few names, so that many statements apply. One thread. */
final class RandomPolicies {
  private static final AccountId OWN = new AccountId("111122223333");
  private static final AccountId OTHER = new AccountId("444455556666");
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/";
  private static final List<String> ACTIONS =
      List.of("dynamodb:GetItem", "dynamodb:PutItem", "s3:GetObject");
  private static final List<String> ACTION_PATTERNS =
      List.of("*", "dynamodb:*", "dynamodb:Get*", "DYNAMODB:getitem", "dynamodb:?utItem", "s3:*");
  private static final List<String> RESOURCES =
      List.of(TABLE + "T", TABLE + "T/index/I", TABLE + "alice", TABLE + "a*", "*");
  private static final List<String> RESOURCE_PATTERNS =
      List.of(
          "*",
          TABLE + "T",
          TABLE + "*",
          TABLE + "T/index/*",
          TABLE + "${aws:username}",
          TABLE + "${aws:username, 'T'}",
          TABLE + "a${*}",
          TABLE + "?",
          "arn:aws:dynamodb:*:111122223333:table/T*",
          "arn:aws:dynamodb:*/I",
          "arn:aws:*",
          "arn:*:table/T");
  private static final List<String> PRINCIPALS =
      List.of(
          "*",
          "111122223333",
          "arn:aws:iam::111122223333:root",
          "444455556666",
          "arn:aws:iam::111122223333:user/alice",
          "arn:aws:iam::444455556666:user/bob",
          "arn:aws:iam::111122223333:role/reader",
          "arn:aws:sts::111122223333:assumed-role/reader/s1");

  private static final Map<String, List<String>> VALUES =
      Map.of(
          "String", List.of("alice", "ALICE", "al*", "a${*}", "${aws:username}", "${t:absent}"),
          "Numeric", List.of("1", "10", "10.0", "-3"),
          "Date", List.of("2026-11-28T00:00:00Z", "2026-11-28T12:00:00Z"),
          "Bool", List.of("true", "false"),
          "Binary", List.of("AQI=", "/w=="),
          "Ip", List.of("10.1.2.3", "10.0.0.0/8", "0.0.0.0/0", "192.168.1.0/25"),
          "Arn",
              List.of(
                  "arn:aws:sns:us-east-1:111122223333:topic",
                  "arn:aws:sns:*:111122223333:t*",
                  "arn:aws:sns:*",
                  "*"),
          "Null", List.of("true", "false"));

  private static final Map<String, List<String>> OPERATORS =
      Map.of(
          "String",
              List.of(
                  "StringEquals",
                  "StringNotEquals",
                  "StringEqualsIgnoreCase",
                  "StringNotEqualsIgnoreCase",
                  "StringLike",
                  "StringNotLike"),
          "Numeric",
              List.of(
                  "NumericEquals",
                  "NumericNotEquals",
                  "NumericLessThan",
                  "NumericLessThanEquals",
                  "NumericGreaterThan",
                  "NumericGreaterThanEquals"),
          "Date",
              List.of(
                  "DateEquals",
                  "DateNotEquals",
                  "DateLessThan",
                  "DateLessThanEquals",
                  "DateGreaterThan",
                  "DateGreaterThanEquals"),
          "Bool", List.of("Bool"),
          "Binary", List.of("BinaryEquals"),
          "Ip", List.of("IpAddress", "NotIpAddress"),
          "Arn", List.of("ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"),
          "Null", List.of("Null"));

  private static final Map<String, List<String>> REQUEST_VALUES =
      Map.of(
          "String", List.of("alice", "ALICE", "albert", "a*"),
          "Numeric", List.of("1", "2", "10", "10.00"),
          "Date", List.of("2026-11-27T23:59:59Z", "2026-11-28T00:00:00Z", "2026-12-01T00:00:00Z"),
          "Bool", List.of("true", "false"),
          "Binary", List.of("AQI=", "AQM="),
          "Ip", List.of("10.1.2.3", "11.0.0.1", "192.168.1.130"),
          "Arn",
              List.of(
                  "arn:aws:sns:us-east-1:111122223333:topic",
                  "arn:aws:sns:eu-west-1:111122223333:table",
                  "arn:aws:sqs:us-east-1:111122223333:a:b"));

  private final RandomGenerator random;

  RandomPolicies(RandomGenerator random) {
    this.random = random;
  }

  AuthorizationRequest request() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    REQUEST_VALUES.forEach((kind, values) -> {
      if (random.nextInt(4) > 0) {
        keys.put("t:" + kind, some(values, random.nextInt(5) == 0 ? 2 : 1));
      }
    });
    if (random.nextBoolean()) {
      keys.put("aws:username", List.of(one(List.of("alice", "T", "a*"))));
    }
    return new AuthorizationRequest(
        requester(), one(ACTIONS), one(RESOURCES), OWN, new ContextKeys(keys));
  }

  private Requester requester() {
    return switch (random.nextInt(8)) {
      case 0 -> new Requester.Root(OWN);
      case 1 -> new Requester.Root(OTHER);
      case 2 -> new Requester.User(OTHER, "arn:aws:iam::444455556666:user/bob");
      case 3 -> new Requester.Service("lambda.amazonaws.com");
      case 4, 5 ->
          new Requester.RoleSession(
              OWN,
              "arn:aws:iam::111122223333:role/reader",
              "arn:aws:sts::111122223333:assumed-role/reader/s1");
      default -> new Requester.User(OWN, "arn:aws:iam::111122223333:user/alice");
    };
  }

  List<RawPolicy> policies(int max) {
    List<RawPolicy> policies = new ArrayList<>();
    for (int i = random.nextInt(max + 1); i > 0; i--) {
      policies.add(policy(false));
    }
    return policies;
  }

  Optional<RawPolicy> optional(boolean ofResource) {
    return random.nextBoolean() ? Optional.of(policy(ofResource)) : Optional.empty();
  }

  private RawPolicy policy(boolean ofResource) {
    List<RawStatement> statements = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      statements.add(statement(ofResource));
    }
    return new RawPolicy(random.nextInt(8) == 0 ? "2008-10-17" : "2012-10-17", statements);
  }

  private RawStatement statement(boolean ofResource) {
    Map<String, Map<String, List<String>>> conditions = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      addCondition(conditions);
    }
    return new RawStatement(
        random.nextInt(4) == 0 ? "Deny" : "Allow",
        random.nextInt(6) == 0 ? "NotPrincipal" : "Principal",
        ofResource ? principals() : Map.of(),
        random.nextInt(6) == 0 ? "NotAction" : "Action",
        some(ACTION_PATTERNS, 2),
        random.nextInt(6) == 0 ? "NotResource" : "Resource",
        some(RESOURCE_PATTERNS, 2),
        conditions);
  }

  private Map<String, List<String>> principals() {
    return random.nextInt(8) == 0
        ? Map.of("Service", List.of("lambda.amazonaws.com"))
        : Map.of("AWS", some(PRINCIPALS, 3));
  }

  private void addCondition(Map<String, Map<String, List<String>>> conditions) {
    String kind = one(List.of("String", "Numeric", "Date", "Bool", "Binary", "Ip", "Arn", "Null"));
    String operator = one(OPERATORS.get(kind));
    if (!kind.equals("Null")) {
      operator = one(List.of("", "", "ForAllValues:", "ForAnyValue:")) + operator;
      operator += random.nextInt(4) == 0 ? "IfExists" : "";
    }
    String key = kind.equals("Null") ? "t:String" : "t:" + kind;
    conditions.put(operator, Map.of(key, some(VALUES.get(kind), 2)));
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Returns one to max different choices. */
  private <T> List<T> some(List<T> choices, int max) {
    List<T> some = new ArrayList<>();
    for (int i = 1 + random.nextInt(max); i > 0; i--) {
      T choice = one(choices);
      if (!some.contains(choice)) {
        some.add(choice);
      }
    }
    return some;
  }
}
