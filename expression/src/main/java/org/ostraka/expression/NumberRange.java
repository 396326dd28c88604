package org.ostraka.expression;

import java.math.BigDecimal;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.error.ValidationException;

/**
 * The check that numbers can be stored, with the service's messages. Stateless.
 *
 * <p>A sum of 39 digits that is also too great is an overflow (ExtendDB issue 94, measured on the
 * service).
 */
public final class NumberRange {
  private NumberRange() {}

  /**
   * Returns the number, normalised; refuses one that cannot be stored. A zero can always be stored,
   * whatever its exponent.
   */
  static BigDecimal check(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : parse(number.toString(), "");
  }

  /**
   * Returns the number that the digits spell, normalised.
   *
   * @param where the text to append to the service's message if the number cannot be stored
   * @throws ValidationException if it cannot be stored
   */
  public static BigDecimal parse(String digits, String where) {
    return switch (DecimalNumber.parse(digits)) {
      case DecimalNumber.Parsed.Value(BigDecimal value) -> value;
      case DecimalNumber.Parsed.Overflow _ ->
          throw new ValidationException(
              "Number overflow. Attempting to store a number with magnitude larger than supported"
                  + " range"
                  + where);
      case DecimalNumber.Parsed.Underflow _ ->
          throw new ValidationException(
              "Number underflow. Attempting to store a number with magnitude smaller than supported"
                  + " range"
                  + where);
      case DecimalNumber.Parsed.TooPrecise _ ->
          throw new ValidationException(
              "Attempting to store more than 38 significant digits in a Number" + where);
      case DecimalNumber.Parsed.NotNumeric _ ->
          throw new ValidationException(
              "The parameter cannot be converted to a numeric value: " + digits + where);
    };
  }
}
