package org.ostraka.storage;

/**
 * One number that a store tells about itself, for those who watch it. Immutable.
 *
 * @param name words of lower case with underscores, without a unit's or a program's name in front
 * @param kind whether the number only grows
 * @param help what it is, in one sentence
 */
public record Measure(String name, Kind kind, String help, double value) {
  /** What a number may do. */
  public enum Kind {
    /** It only grows until the process ends. */
    COUNTER,
    /** It goes up and down. */
    GAUGE
  }

  /** Makes a number that only grows. */
  public static Measure counter(String name, String help, double value) {
    return new Measure(name, Kind.COUNTER, help, value);
  }

  /** Makes a whole number that only grows. */
  public static Measure counter(String name, String help, long value) {
    return counter(name, help, (double) value);
  }

  /** Makes a whole number that goes up and down. */
  public static Measure gauge(String name, String help, long value) {
    return gauge(name, help, (double) value);
  }

  /** Makes a number that goes up and down. */
  public static Measure gauge(String name, String help, double value) {
    return new Measure(name, Kind.GAUGE, help, value);
  }
}
