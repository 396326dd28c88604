package org.ostraka.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The header fields of one request: names compare without case, values of one name keep the order
 * in which they arrived. Immutable.
 */
public final class HttpHeaders {

  private static final HttpHeaders NONE = new HttpHeaders(new String[0]);

  /** Name, value, name, value: a request has about ten fields, so that a walk beats a map. */
  private final String[] fields;

  private HttpHeaders(String[] fields) {
    this.fields = fields;
  }

  /** No fields at all. */
  public static HttpHeaders none() {
    return NONE;
  }

  /** Fields given as name, value, name, value. */
  public static HttpHeaders of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header name without a value");
    }
    return new HttpHeaders(namesAndValues.clone());
  }

  /** The first value of a name. */
  public Optional<String> first(String name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        return Optional.of(fields[i + 1]);
      }
    }
    return Optional.empty();
  }

  /** Every value of a name, in arrival order; empty when the name is absent. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        values.add(fields[i + 1]);
      }
    }
    return List.copyOf(values);
  }

  /** How many fields there are; a name that came twice counts twice. */
  public int count() {
    return fields.length / 2;
  }

  /**
   * A blank before the colon is how requests are smuggled past proxies that overlook it (RFC 9112,
   * section 5.1).
   */
  boolean namesAreTokens() {
    for (int i = 0; i < fields.length; i += 2) {
      if (!isToken(fields[i])) {
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

  /** Collects fields, for one thread. */
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
