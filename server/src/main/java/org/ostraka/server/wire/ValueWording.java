package org.ostraka.server.wire;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.ostraka.model.Bytes;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The wording of an operation's messages about bad attribute values. The service has changed the
 * wording of most operations, but not of all. Immutable.
 */
enum ValueWording {
  /** The wording of 2026. */
  NEWER {
    @Override
    String repeatedTexts(List<String> elements) {
      return INVALID
          + "Input collection "
          + elements.stream().sorted().map(ValueWording::quoted).collect(listed(", "))
          + " contains duplicates.";
    }

    @Override
    String repeatedNumbers() {
      return INVALID + "Input collection contains duplicates.";
    }

    @Override
    String repeatedBinaries(List<Bytes> elements) {
      return INVALID
          + "Input collection "
          + elements.stream()
              .map(ValueWording::base64)
              .map(ValueWording::quoted)
              .collect(listed(","))
          + "of type BS contains duplicates.";
    }

    @Override
    String notNumeric(String text) {
      return NOT_NUMERIC + ": " + text;
    }

    @Override
    String overflow(long exponent) {
      return OVERFLOW;
    }
  },

  /** The wording before 2026. */
  OLDER {
    @Override
    String repeatedTexts(List<String> elements) {
      return INVALID
          + "Input collection "
          + elements.stream().collect(listed(", "))
          + " contains duplicates.";
    }

    @Override
    String repeatedNumbers() {
      return "Input collection contains duplicates";
    }

    @Override
    String repeatedBinaries(List<Bytes> elements) {
      return INVALID
          + "Input collection "
          + elements.stream().map(ValueWording::base64).collect(listed(", "))
          + "of type BS contains duplicates.";
    }

    @Override
    String notNumeric(String text) {
      return text.isEmpty() ? NOT_NUMERIC : NOT_NUMERIC + ": " + text;
    }

    @Override
    String overflow(long exponent) {
      return exponent < Integer.MAX_VALUE ? OVERFLOW : UNDERFLOW;
    }
  };

  static final String INVALID = "One or more parameter values were invalid: ";

  static final String UNDERFLOW =
      "Number underflow. Attempting to store a number with magnitude smaller than supported range";

  private static final String OVERFLOW =
      "Number overflow. Attempting to store a number with magnitude larger than supported range";

  private static final String NOT_NUMERIC = "The parameter cannot be converted to a numeric value";

  /** Returns the message about a set of texts with a duplicate. */
  abstract String repeatedTexts(List<String> elements);

  /** Returns the message about a set of numbers with a duplicate. */
  abstract String repeatedNumbers();

  /** Returns the message about a set of binary values with a duplicate. */
  abstract String repeatedBinaries(List<Bytes> elements);

  /** Returns the message about a text that is not a number. */
  abstract String notNumeric(String text);

  /** Returns the message about a number whose first digit has this exponent, which is too large. */
  abstract String overflow(long exponent);

  private static String base64(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static String quoted(String text) {
    return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + "\"";
  }

  private static Collector<CharSequence, ?, String> listed(String separator) {
    return Collectors.joining(separator, "[", "]");
  }
}
