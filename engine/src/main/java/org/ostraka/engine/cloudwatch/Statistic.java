package org.ostraka.engine.cloudwatch;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statistic of samples: "CloudWatch statistics definitions" in the User Guide. Immutable. */
sealed interface Statistic {
  /** A number with up to ten digits after its point. */
  Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(?:\\.\\d{0,10})?|100)");

  /** Statistics of the service for which the kept distribution does not suffice. */
  Pattern OTHERS = Pattern.compile("(?:tm|wm|tc|ts)\\d.*|(?:TM|WM|TC|TS|PR)\\(.*\\)|IQM");

  /** Returns the value for a sample; empty when it cannot be known. */
  Optional<Double> of(Sample sample);

  /** The statistics that every metric has. */
  enum Simple implements Statistic {
    SAMPLE_COUNT("SampleCount"),
    AVERAGE("Average"),
    SUM("Sum"),
    MINIMUM("Minimum"),
    MAXIMUM("Maximum");

    private final String word;

    Simple(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    @Override
    public Optional<Double> of(Sample sample) {
      return Optional.of(
          switch (this) {
            case SAMPLE_COUNT -> sample.count();
            case AVERAGE -> sample.sum() / sample.count();
            case SUM -> sample.sum();
            case MINIMUM -> sample.min();
            case MAXIMUM -> sample.max();
          });
    }
  }

  /** The value that a part of all values do not exceed. */
  record Percentile(double part) implements Statistic {
    @Override
    public Optional<Double> of(Sample sample) {
      if (sample.min() == sample.max()) {
        return Optional.of(sample.min());
      }
      return sample.buckets().places().length == 0
          ? Optional.empty()
          : Optional.of(sample.buckets().percentile(part, sample.min(), sample.max()));
    }
  }

  /** Returns the statistic of a name; empty when there is none. */
  static Optional<Statistic> parse(String word) {
    for (Simple simple : Simple.values()) {
      if (simple.word().equals(word)) {
        return Optional.of(simple);
      }
    }
    Matcher percentile = PERCENTILE.matcher(word);
    return percentile.matches()
        ? Optional.of(
            new Percentile(new BigDecimal(percentile.group(1)).movePointLeft(2).doubleValue()))
        : Optional.empty();
  }

  /** Returns whether the service has this statistic and Ostraka does not. */
  static boolean isOfService(String word) {
    return OTHERS.matcher(word).matches();
  }
}
