package org.ostraka.identity.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.identity.policy.RawPolicy.RawStatement;

/**
 * A second evaluator of policies, written from the documentation without the first one: regular
 * expressions on the text of policies, and one question after the other. It knows nothing of speed,
 * and only the forms of values that random policies have.
 */
final class NaiveEvaluator {
  /** A text in which a variable has no value. */
  private static final class Unresolved extends Exception {
    private static final long serialVersionUID = 1;
  }

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^},]*)(, '([^']*)')?\\}");

  // Values that replace variables are marked, character by character, so that their wildcards do
  // not count: each is preceded by this mark.
  private static final String MARK = "\u0001";

  private final AuthorizationRequest request;
  private final List<RawPolicy> identity;
  private final Optional<RawPolicy> boundary;
  private final List<RawPolicy> session;
  private final Optional<RawPolicy> resource;

  NaiveEvaluator(
      AuthorizationRequest request,
      List<RawPolicy> identity,
      Optional<RawPolicy> boundary,
      List<RawPolicy> session,
      Optional<RawPolicy> resource) {
    this.request = request;
    this.identity = identity;
    this.boundary = boundary;
    this.session = session;
    this.resource = resource;
  }

  /** Returns the verdict as text, such as "missing IDENTITY". */
  String verdict() {
    List<RawPolicy> boundaries = boundary.stream().toList();
    List<RawPolicy> resources = resource.stream().toList();
    if (any(resources, "Deny", true)) {
      return "denied RESOURCE";
    }
    if (any(identity, "Deny", false)) {
      return "denied IDENTITY";
    }
    if (any(boundaries, "Deny", false)) {
      return "denied BOUNDARY";
    }
    if (any(session, "Deny", false)) {
      return "denied SESSION";
    }
    boolean same = request.requester().account().equals(Optional.of(request.owner()));
    boolean byResource = any(resources, "Allow", true);
    boolean byIdentity = any(identity, "Allow", false);
    if (same) {
      if (request.requester() instanceof Requester.Root) {
        return "allowed";
      }
      if (resources.stream().anyMatch(policy -> grants(policy, false))) {
        return "allowed RESOURCE";
      }
      byResource = resources.stream().anyMatch(policy -> grants(policy, true));
      if (!byResource && !byIdentity) {
        return "missing IDENTITY";
      }
    } else {
      if (!byResource) {
        return "missing RESOURCE";
      }
      if (request.requester() instanceof Requester.Root
          || request.requester() instanceof Requester.Service) {
        return "allowed RESOURCE";
      }
      if (!byIdentity) {
        return "missing IDENTITY";
      }
    }
    if (boundary.isPresent() && !any(boundaries, "Allow", false)) {
      return "missing BOUNDARY";
    }
    if (!session.isEmpty() && !any(session, "Allow", false)) {
      return "missing SESSION";
    }
    return same && byResource ? "allowed RESOURCE" : "allowed IDENTITY";
  }

  private boolean any(List<RawPolicy> policies, String effect, boolean hasPrincipals) {
    for (RawPolicy policy : policies) {
      for (RawStatement statement : policy.statements()) {
        if (statement.effect().equals(effect)
            && (!hasPrincipals || concerns(statement))
            && applies(policy, statement)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns whether the resource allows the requester itself, or else its role or user. */
  private boolean grants(RawPolicy policy, boolean bySource) {
    for (RawStatement statement : policy.statements()) {
      List<String> names = names(statement);
      boolean named =
          statement.principalElement().equals("NotPrincipal")
              ? !bySource && concerns(statement)
              : names.contains("*")
                  || (bySource
                      ? names.stream().anyMatch(this::isSource)
                      : names.contains(request.requester().arn()) && !isRoot());
      if (statement.effect().equals("Allow") && named && applies(policy, statement)) {
        return true;
      }
    }
    return false;
  }

  private boolean isRoot() {
    return request.requester() instanceof Requester.Root;
  }

  private boolean isSource(String name) {
    return switch (request.requester()) {
      case Requester.RoleSession session -> name.equals(session.roleArn());
      case Requester.FederatedUser session -> name.equals(session.userArn());
      case Requester.Root _, Requester.User _, Requester.WebIdentity _, Requester.Service _ ->
          false;
    };
  }

  private boolean isAccount(String name) {
    String id = request.requester().account().map(Object::toString).orElse("none");
    return name.equals(id) || name.equals("arn:aws:iam::" + id + ":root");
  }

  private boolean concerns(RawStatement statement) {
    List<String> names = names(statement);
    boolean everyone = names.contains("*");
    boolean account = everyone || names.stream().anyMatch(this::isAccount);
    boolean source = everyone || names.stream().anyMatch(this::isSource);
    boolean self = everyone || names.contains(request.requester().arn());
    if (statement.principalElement().equals("Principal")) {
      return account || source || self;
    }
    if (statement.effect().equals("Allow")) {
      return !(account || source || self);
    }
    return switch (request.requester()) {
      case Requester.Root _ -> !account;
      case Requester.User _ -> !(account && self);
      case Requester.RoleSession _, Requester.FederatedUser _ -> !(account && source && self);
      case Requester.WebIdentity _, Requester.Service _ -> !self;
    };
  }

  private static List<String> names(RawStatement statement) {
    return statement.principals().values().stream().flatMap(List::stream).toList();
  }

  private boolean applies(RawPolicy policy, RawStatement statement) {
    boolean deny = statement.effect().equals("Deny");
    boolean action =
        statement.actions().stream()
            .anyMatch(pattern ->
                Pattern.compile(regex(pattern, ".*", "."), Pattern.CASE_INSENSITIVE)
                    .matcher(request.action())
                    .matches());
    if (action == statement.actionElement().equals("NotAction")) {
      return false;
    }
    if (!coversResource(policy, statement, deny)) {
      return false;
    }
    for (var operator : statement.conditions().entrySet()) {
      for (var key : operator.getValue().entrySet()) {
        if (!holds(policy, operator.getKey(), key.getKey(), key.getValue(), deny)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean coversResource(RawPolicy policy, RawStatement statement, boolean deny) {
    boolean negated = statement.resourceElement().equals("NotResource");
    boolean unresolved = false;
    for (String pattern : statement.resources()) {
      try {
        if (Pattern.matches(arnRegex(substituted(policy, pattern)), request.resource())) {
          return !negated;
        }
      } catch (Unresolved missing) {
        unresolved = true;
      }
    }
    return negated && (deny || !unresolved);
  }

  private boolean holds(
      RawPolicy policy, String operator, String key, List<String> wanted, boolean deny) {
    List<String> values = request.context().values(key).orElse(List.of());
    if (operator.equals("Null")) {
      return wanted.contains(Boolean.toString(values.isEmpty()));
    }
    String name = operator;
    boolean forAll = name.startsWith("ForAllValues:");
    boolean forAny = name.startsWith("ForAnyValue:");
    name = name.substring(name.indexOf(':') + 1);
    boolean ifExists = name.endsWith("IfExists");
    name = ifExists ? name.substring(0, name.length() - "IfExists".length()) : name;
    boolean negated = name.contains("Not");
    if (values.isEmpty()) {
      return ifExists || forAll || (!forAny && negated);
    }
    boolean all = true;
    boolean any = false;
    for (String value : values) {
      boolean fits = fits(policy, name.replace("Not", ""), value, wanted, negated, deny);
      all &= fits;
      any |= fits;
    }
    return (forAll || (!forAny && negated)) ? all : any;
  }

  private boolean fits(
      RawPolicy policy,
      String operator,
      String value,
      List<String> wanted,
      boolean negated,
      boolean deny) {
    boolean unresolved = false;
    for (String each : wanted) {
      try {
        if (fits(policy, operator, value, each)) {
          return !negated;
        }
      } catch (Unresolved missing) {
        unresolved = true;
      }
    }
    return negated && (deny || !unresolved);
  }

  private boolean fits(RawPolicy policy, String operator, String value, String wanted)
      throws Unresolved {
    return switch (operator) {
      case "StringEquals" -> unquoted(substituted(policy, wanted)).equals(value);
      case "StringEqualsIgnoreCase" ->
          unquoted(substituted(policy, wanted)).equalsIgnoreCase(value);
      case "StringLike" -> Pattern.matches(regex(substituted(policy, wanted), ".*", "."), value);
      case "ArnEquals", "ArnLike" -> arnFits(substituted(policy, wanted), value);
      case "Bool" -> wanted.equalsIgnoreCase(value);
      case "BinaryEquals" ->
          Arrays.equals(Base64.getDecoder().decode(wanted), Base64.getDecoder().decode(value));
      case "IpAddress" -> ipFits(wanted, value);
      default ->
          operator.startsWith("Numeric")
              ? ordered(
                  operator.substring("Numeric".length()),
                  new BigDecimal(value).compareTo(new BigDecimal(wanted)))
              : ordered(
                  operator.substring("Date".length()),
                  Instant.parse(value).compareTo(Instant.parse(wanted)));
    };
  }

  private static boolean ordered(String relation, int order) {
    return switch (relation) {
      case "Equals" -> order == 0;
      case "LessThan" -> order < 0;
      case "LessThanEquals" -> order <= 0;
      case "GreaterThan" -> order > 0;
      case "GreaterThanEquals" -> order >= 0;
      default -> throw new AssertionError(relation);
    };
  }

  /** Returns whether an IPv4 address is in a range such as 10.0.0.0/8, by arithmetic. */
  private static boolean ipFits(String range, String address) {
    String[] parts = range.split("/");
    int free = 32 - (parts.length == 1 ? 32 : Integer.parseInt(parts[1]));
    return number(parts[0]).shiftRight(free).equals(number(address).shiftRight(free));
  }

  private static BigInteger number(String address) {
    BigInteger number = BigInteger.ZERO;
    for (String part : address.split("\\.")) {
      number = number.shiftLeft(8).add(new BigInteger(part));
    }
    return number;
  }

  private static boolean arnFits(String pattern, String arn) {
    String[] patterns = pattern.split(":", 6);
    String[] parts = arn.split(":", 6);
    if (patterns.length != 6 || parts.length != 6) {
      return pattern.equals("*");
    }
    for (int i = 0; i < 6; i++) {
      if (!Pattern.matches(regex(patterns[i], ".*", "."), parts[i])) {
        return false;
      }
    }
    return true;
  }

  private String substituted(RawPolicy policy, String text) throws Unresolved {
    if (!policy.version().equals("2012-10-17")) {
      return text;
    }
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    int done = 0;
    while (matcher.find()) {
      result.append(text, done, matcher.start());
      marked(value(matcher.group(1), Optional.ofNullable(matcher.group(3))), result);
      done = matcher.end();
    }
    return result.append(text.substring(done)).toString();
  }

  private String value(String key, Optional<String> otherwise) throws Unresolved {
    if (key.equals("*") || key.equals("?") || key.equals("$")) {
      return key;
    }
    List<String> values = request.context().values(key).orElse(List.of());
    if (values.size() == 1) {
      return values.getFirst();
    }
    return otherwise.orElseThrow(Unresolved::new);
  }

  private static void marked(String value, StringBuilder result) {
    for (int i = 0; i < value.length(); i++) {
      result.append(MARK).append(value.charAt(i));
    }
  }

  private static String unquoted(String text) {
    return text.replace(MARK, "");
  }

  private static String regex(String pattern, String many, String one) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      if (MARK.charAt(0) == character) {
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
      } else if (character == '*') {
        regex.append(many);
      } else if (character == '?') {
        regex.append(one);
      } else {
        regex.append(Pattern.quote(String.valueOf(character)));
      }
    }
    return regex.toString();
  }

  /** Returns the expression for an ARN: only a * at the end of a segment passes over colons. */
  private static String arnRegex(String pattern) {
    StringBuilder regex = new StringBuilder();
    String[] segments = pattern.split(":", -1);
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean open = segment.endsWith("*") && !segment.endsWith(MARK + "*");
      String closed = open ? segment.substring(0, segment.length() - 1) : segment;
      regex.append(i == 0 ? "" : ":").append(regex(closed, "[^:]*", "[^:]"));
      regex.append(open ? ".*" : "");
    }
    return regex.toString();
  }
}
