package org.ostraka.server.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.ostraka.identity.iam.IamError;
import org.ostraka.identity.iam.IamException;

/**
 * A part of a list, with the marker at which the next part begins: "Paginating" in the operations
 * of the IAM API Reference. Immutable.
 *
 * @param marker names the last element; absent at the end of the list
 */
record Page<T>(List<T> elements, Optional<String> marker) {
  /** How many elements a page has when the request does not say. */
  private static final int DEFAULT_ITEMS = 100;

  private static final Pattern INDEX = Pattern.compile("[0-9]{1,15}");

  Page {
    elements = List.copyOf(elements);
  }

  /**
   * Returns the page that a request asks for.
   *
   * @param name the name by which elements are ordered, unlike those of all others
   */
  static <T> Page<T> of(List<T> all, Function<T, String> name, Parameters in) {
    Optional<String> after = in.find(IamParameters.MARKER).map(Page::decoded);
    int limit = in.number(IamParameters.MAX_ITEMS).orElse(DEFAULT_ITEMS);
    List<T> left =
        all.stream()
            .filter(each -> after.isEmpty() || name.apply(each).compareTo(after.get()) > 0)
            .sorted(Comparator.comparing(name))
            .limit(limit + 1L)
            .toList();
    if (left.size() <= limit) {
      return new Page<>(left, Optional.empty());
    }
    List<T> page = left.subList(0, limit);
    return new Page<>(page, Optional.of(encoded(name.apply(page.getLast()))));
  }

  /**
   * Returns the page that a request asks for, of elements that are computed by their indexes.
   *
   * @param count how many there are
   */
  static <T> Page<T> computed(long count, LongFunction<T> element, Parameters in) {
    long first = in.find(IamParameters.MARKER).map(Page::index).orElse(0L);
    int limit = in.number(IamParameters.MAX_ITEMS).orElse(DEFAULT_ITEMS);
    long end = Math.min(count, first + limit);
    return new Page<>(
        LongStream.range(first, end).mapToObj(element).toList(),
        end < count ? Optional.of(encoded(Long.toString(end))) : Optional.empty());
  }

  private static long index(String marker) {
    String text = decoded(marker);
    if (!INDEX.matcher(text).matches()) {
      throw invalidMarker();
    }
    return Long.parseLong(text);
  }

  /** Writes the elements and where the next page begins. */
  void write(XmlWriter xml, String list, Consumer<T> element) {
    xml.list(list, elements, element);
    end(xml);
  }

  /** Writes texts and where the next page begins. */
  static void writeTexts(Page<String> page, XmlWriter xml, String list) {
    xml.texts(list, page.elements());
    page.end(xml);
  }

  void end(XmlWriter xml) {
    xml.element("IsTruncated", Boolean.toString(marker.isPresent())).element("Marker", marker);
  }

  private static String encoded(String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String marker) {
    try {
      return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw invalidMarker();
    }
  }

  private static IamException invalidMarker() {
    return IamError.VALIDATION_ERROR.because("Invalid Marker.");
  }
}
