package org.ostraka.server.wire;

import java.math.BigDecimal;
import java.util.Optional;
import org.ostraka.model.DecimalNumber;

/** Parses the numbers of requests, with the service's messages about illegal ones. Stateless. */
final class Numbers {
  private Numbers() {}

  /** Returns the number; notes the problem and returns empty when it is illegal. */
  static Optional<BigDecimal> read(String text, Findings findings, ValueWording wording) {
    return switch (DecimalNumber.parse(text)) {
      case DecimalNumber.Parsed.Value(BigDecimal value) -> Optional.of(value);
      case DecimalNumber.Parsed.NotNumeric _ -> broken(findings, wording.notNumeric(text));
      case DecimalNumber.Parsed.Overflow(long exponent) ->
          broken(findings, wording.overflow(exponent));
      case DecimalNumber.Parsed.Underflow _ -> broken(findings, ValueWording.UNDERFLOW);
      case DecimalNumber.Parsed.TooPrecise _ ->
          broken(findings, "Attempting to store more than 38 significant digits in a Number");
    };
  }

  private static Optional<BigDecimal> broken(Findings findings, String problem) {
    findings.value(ValueFault.NUMBER, problem);
    return Optional.empty();
  }
}
