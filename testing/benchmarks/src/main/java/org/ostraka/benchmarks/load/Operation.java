package org.ostraka.benchmarks.load;

/** A request's template, and the filler that sets its fields each time. Immutable. */
public record Operation(RequestTemplate template, Filler filler) {

  /** Sets the fields of a request before it is sent. */
  @FunctionalInterface
  public interface Filler {
    /** Sets all fields. */
    void fill(Request request, Draw draw);
  }
}
