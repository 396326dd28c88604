package org.ostraka.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header fields of one request. Names are compared without case; values of one name keep their
 * order of arrival. Immutable.
 */
public final class HttpHeaders {

  private static final HttpHeaders NONE = new HttpHeaders(new String[0]);

  /**
   * Name, value, name, value. A request has about ten fields, so a linear search is faster than a
   * map.
   */
  private final String[] fields;

  /**
   * The lengths that names have, one bit for each, so that most names that are absent cost no
   * search.
   */
  private final long nameLengths;

  private HttpHeaders(String[] fields) {
    this.fields = fields;
    long lengths = 0;
    for (int i = 0; i < fields.length; i += 2) {
      lengths |= 1L << fields[i].length(); // modulo 64: long names share bits
    }
    this.nameLengths = lengths;
  }

  /** Makes headers without fields. */
  public static HttpHeaders none() {
    return NONE;
  }

  /** Makes headers from name, value, name, value. */
  public static HttpHeaders of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header name without a value");
    }
    return new HttpHeaders(namesAndValues.clone());
  }

  /** Returns the first value of a name. */
  public Optional<String> first(String name) {
    int at = indexOf(name, 0);
    return at < fields.length ? Optional.of(fields[at + 1]) : Optional.empty();
  }

  /** Returns all values of a name in their order of arrival; empty when the name is absent. */
  public List<String> all(String name) {
    int first = indexOf(name, 0);
    if (first == fields.length) {
      return List.of();
    }
    int next = indexOf(name, first + 2);
    if (next == fields.length) {
      return List.of(fields[first + 1]);
    }
    List<String> values = new ArrayList<>();
    values.add(fields[first + 1]);
    for (int i = next; i < fields.length; i = indexOf(name, i + 2)) {
      values.add(fields[i + 1]);
    }
    return List.copyOf(values);
  }

  /** Returns whether there are two or more values of a name. */
  boolean hasSeveral(String name) {
    int first = indexOf(name, 0);
    return first < fields.length && indexOf(name, first + 2) < fields.length;
  }

  /** Returns where the next field of this name is, from a place on; the end when there is none. */
  private int indexOf(String name, int from) {
    if ((nameLengths & 1L << name.length()) == 0) {
      return fields.length;
    }
    for (int i = from; i < fields.length; i += 2) {
      if (isSame(fields[i], name)) {
        return i;
      }
    }
    return fields.length;
  }

  /**
   * Returns whether two names are equal, without regard to case. Compares them exactly first, which
   * is faster and usually succeeds.
   */
  private static boolean isSame(String field, String name) {
    return field.length() == name.length() && (field.equals(name) || field.equalsIgnoreCase(name));
  }

  /** Returns the number of fields; a name that occurs twice counts twice. */
  public int count() {
    return fields.length / 2;
  }

  /**
   * Returns whether all names are tokens and no value has a control character other than a tab. A
   * blank before a colon allows request smuggling through proxies that overlook it (RFC 9112,
   * section 5.1), and so does a NUL in a value (RFC 9110, section 5.5).
   */
  boolean areWellFormed() {
    for (int i = 0; i < fields.length; i += 2) {
      if (!isToken(fields[i]) || !isValue(fields[i + 1])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** Collects fields. One thread. */
  static final class Builder {

    private static final int USUAL_FIELDS = 16;

    private final List<String> fields = new ArrayList<>(2 * USUAL_FIELDS);

    void add(String name, String value) {
      fields.add(name);
      fields.add(value);
    }

    HttpHeaders build() {
      return new HttpHeaders(fields.toArray(String[]::new));
    }
  }
}
