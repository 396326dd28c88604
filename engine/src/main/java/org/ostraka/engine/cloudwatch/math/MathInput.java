package org.ostraka.engine.cloudwatch.math;

import java.util.List;
import java.util.OptionalInt;

/** What an expression may refer to. One thread. */
public interface MathInput {
  /** Returns the value of the query with this id. */
  MathValue of(String id);

  /** Returns the metrics of the request whose ids have a text in them. */
  List<TimeSeries> metrics(String partOfId);

  /** Returns the statistics of the metrics that are found. */
  List<TimeSeries> search(String query, String stat, OptionalInt period);

  /** Returns the seconds of all points from the request's start to its end. */
  List<Long> times(int period);

  /** Returns the period of what has none of its own. */
  int period();

  /**
   * Counts points that were made; a series without points counts as one.
   *
   * @throws org.ostraka.model.cloudwatch.CloudWatchException when they are too many
   */
  void spend(int points);

  /**
   * Counts one more level of nesting, over all expressions that refer to each other.
   *
   * @throws MathException when they are too many
   */
  void enter();

  /** Ends the level that was entered last. */
  void leave();

  /** Returns the error of expressions that take too much stack. */
  static MathException tooDeep() {
    return new MathException("The expressions are nested too deeply");
  }

  /** Returns the error of an id that no query has. */
  static MathException unknown(String id) {
    return new MathException("Unknown id '" + id + "'");
  }

  /** Returns the error of an expression whose value cannot be shown. */
  static MathException notSeries() {
    return new MathException("The expression must return time series");
  }

  /** Returns the error of an expression that refers to itself. */
  static MathException circular(String id) {
    return new MathException("The expression refers to itself by '" + id + "'");
  }

  /** Returns the error of a period that there is not. */
  static MathException illegalPeriod(int seconds) {
    return new MathException("The period " + seconds + " is not valid");
  }

  /** Returns the error of what Ostraka does not have. */
  static MathException notSupported(String what) {
    return new MathException(what + " is not supported by this version of Ostraka");
  }
}
