package org.ostraka.identity.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.ostraka.identity.policy.Comparison.Kind;
import org.ostraka.model.Bytes;

/** Compares values of requests with one value of a policy. Immutable. */
@FunctionalInterface
interface ValueTest {
  /** The longest number that is compared; a longer one fits nothing. */
  int MAX_NUMBER_CHARS = 64;

  Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)");

  Match matches(String value, RequestContext context);

  /** Makes the test for a value of a policy; empty when the comparison cannot take it. */
  static Optional<ValueTest> of(String text, Kind kind, LanguageVersion version) {
    return switch (kind) {
      case TEXT -> Optional.of(equalTo(Template.of(text, version), UnaryOperator.identity()));
      case TEXT_IGNORING_CASE ->
          Optional.of(equalTo(Template.of(text, version), ValueTest::folded));
      case PATTERN -> Optional.of(like(Template.of(text, version)));
      case FLAG -> flag(text, Template.of(text, version));
      case ABSENCE -> flag(text, Template.of(text, LanguageVersion.V2008_10_17));
      case BINARY -> decoded(text).map(wanted -> test(ValueTest::decoded, wanted::equals));
      case NETWORK ->
          IpRange.parse(text).map(range -> test(IpRange::parseAddress, range::contains));
      case ARN -> Optional.of(ArnPattern.of(Template.of(text, version))::matches);
      case NUMBER_EQUAL -> number(text, order -> order == 0);
      case NUMBER_LESS -> number(text, order -> order < 0);
      case NUMBER_LESS_OR_EQUAL -> number(text, order -> order <= 0);
      case NUMBER_GREATER -> number(text, order -> order > 0);
      case NUMBER_GREATER_OR_EQUAL -> number(text, order -> order >= 0);
      case DATE_EQUAL -> date(text, order -> order == 0);
      case DATE_LESS -> date(text, order -> order < 0);
      case DATE_LESS_OR_EQUAL -> date(text, order -> order <= 0);
      case DATE_GREATER -> date(text, order -> order > 0);
      case DATE_GREATER_OR_EQUAL -> date(text, order -> order >= 0);
    };
  }

  private static ValueTest equalTo(Template template, UnaryOperator<String> form) {
    return (value, context) ->
        template
            .text(context)
            .map(wanted -> Match.of(form.apply(wanted).equals(form.apply(value))))
            .orElse(Match.UNKNOWN);
  }

  private static ValueTest like(Template template) {
    Optional<Glob> fixed =
        template.hasVariables()
            ? Optional.empty()
            : template.pattern(RequestContext.EMPTY).map(Glob.Builder::build);
    return (value, context) ->
        fixed
            .or(() -> template.pattern(context).map(Glob.Builder::build))
            .map(pattern -> Match.of(pattern.matches(value)))
            .orElse(Match.UNKNOWN);
  }

  private static Optional<ValueTest> flag(String text, Template template) {
    boolean isFlag = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    return isFlag || template.hasVariables()
        ? Optional.of(equalTo(template, ValueTest::folded))
        : Optional.empty();
  }

  private static Optional<ValueTest> number(String text, IntPredicate order) {
    return parseNumber(text)
        .map(bound -> test(ValueTest::parseNumber, value -> order.test(value.compareTo(bound))));
  }

  private static Optional<ValueTest> date(String text, IntPredicate order) {
    return PolicyDate.parse(text)
        .map(bound ->
            test(PolicyDate::parse, (Instant value) -> order.test(value.compareTo(bound))));
  }

  /** Makes a test of values that have a form; a value that does not have it fits nothing. */
  private static <T> ValueTest test(Function<String, Optional<T>> form, Predicate<T> fits) {
    return (value, context) -> Match.of(form.apply(value).filter(fits).isPresent());
  }

  private static Optional<BigDecimal> parseNumber(String text) {
    return text.length() <= MAX_NUMBER_CHARS && NUMBER.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private static Optional<Bytes> decoded(String base64) {
    try {
      return Optional.of(Bytes.wrap(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
