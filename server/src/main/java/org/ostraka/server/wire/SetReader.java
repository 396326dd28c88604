package org.ostraka.server.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads sets, which have at least one element and no element twice. One thread. */
final class SetReader {
  private static final AttributeValue BROKEN = new AttributeValue.Null();
  private static final String INVALID = ValueWording.INVALID;

  private final JsonParser parser;
  private final Findings findings;
  private final ValueWording wording;

  SetReader(JsonParser parser, Findings findings, ValueWording wording) {
    this.parser = parser;
    this.findings = findings;
    this.wording = wording;
  }

  AttributeValue texts() {
    List<String> elements =
        elements(
            () -> JsonTypes.text(parser, "String", "class java.lang.String"),
            INVALID + "An string set may not have a null string as a member");
    if (elements.isEmpty()) {
      return broken(ValueFault.SET, INVALID + "An string set  may not be empty");
    }
    return distinct(elements)
        .<AttributeValue>map(AttributeValue.SS::new)
        .orElseGet(() -> broken(ValueFault.DUPLICATES, wording.repeatedTexts(elements)));
  }

  AttributeValue numbers() {
    List<String> elements =
        elements(() -> JsonTypes.text(parser, "String", "class java.lang.String"), emptyElement());
    if (elements.isEmpty()) {
      return broken(ValueFault.EMPTY_NUMBER_SET, INVALID + "An number set  may not be empty");
    }
    List<BigDecimal> numbers = new ArrayList<>();
    for (String element : elements) {
      Numbers.read(element, findings, wording).ifPresent(numbers::add);
    }
    if (numbers.size() < elements.size()) {
      return BROKEN;
    }
    return distinct(numbers)
        .<AttributeValue>map(AttributeValue.NS::new)
        .orElseGet(() -> broken(ValueFault.DUPLICATES, wording.repeatedNumbers()));
  }

  AttributeValue binaries() {
    List<Bytes> elements = elements(() -> AttributeReader.binary(parser), emptyElement());
    if (elements.isEmpty()) {
      return broken(ValueFault.SET, INVALID + "Binary sets should not be empty");
    }
    return distinct(elements)
        .<AttributeValue>map(AttributeValue.BS::new)
        .orElseGet(() -> broken(ValueFault.DUPLICATES, wording.repeatedBinaries(elements)));
  }

  private <T> List<T> elements(Supplier<T> element, String nullProblem) {
    JsonTypes.requireArray(parser);
    List<T> elements = new ArrayList<>();
    boolean hasNull = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        hasNull = true;
      } else {
        elements.add(element.get());
      }
    }
    if (hasNull) {
      findings.value(ValueFault.SET, nullProblem);
    }
    return elements;
  }

  private static <T> Optional<Set<T>> distinct(List<T> elements) {
    Set<T> set = new LinkedHashSet<>(elements);
    return set.size() == elements.size() ? Optional.of(set) : Optional.empty();
  }

  private AttributeValue broken(ValueFault fault, String problem) {
    findings.value(fault, problem);
    return BROKEN;
  }

  private static String emptyElement() {
    return "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
  }
}
