package org.ostraka.delivery.settings;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.ostraka.delivery.filter.FilterPattern;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.json.JsonValue;

/**
 * Reads triggers. Ranges and defaults are those of the service, except for the time-out, which
 * functions have there. One thread.
 */
final class TriggerReader {
  private static final int MAX_BATCH_SIZE = 10_000;
  private static final int DEFAULT_BATCH_SIZE = 100;
  private static final int MAX_WINDOW_SECONDS = 300;
  private static final int MAX_PARALLELIZATION = 10;
  private static final int MAX_RETRIES = 10_000;
  private static final int UNLIMITED = -1;
  private static final int MIN_AGE_SECONDS = 60;
  private static final int MAX_AGE_SECONDS = 604_800;
  private static final int MAX_TIMEOUT_SECONDS = 900;
  private static final int DEFAULT_TIMEOUT_SECONDS = 60;

  /** The service has 5, and 10 when asked for more. */
  private static final int MAX_FILTERS = 10;

  private static final int MAX_PATTERN_CHARS = 4_096;
  private static final String REPORT_ITEM_FAILURES = "ReportBatchItemFailures";

  private final SettingsReader reader;
  private final Function<byte[], JsonValue> json;
  private final Set<Path> deadLetterFiles = new HashSet<>();

  TriggerReader(SettingsReader reader, Function<byte[], JsonValue> json) {
    this.reader = reader;
    this.json = json;
  }

  TriggerSettings trigger(Section section) {
    TriggerSettings trigger =
        new TriggerSettings(
            reader.name(section),
            reader.table(section),
            endpoint(section),
            SettingsReader.startingPosition(section),
            section.whole("BatchSize", 1, MAX_BATCH_SIZE, DEFAULT_BATCH_SIZE),
            Duration.ofSeconds(
                section.whole("MaximumBatchingWindowInSeconds", 0, MAX_WINDOW_SECONDS, 0)),
            section.whole("ParallelizationFactor", 1, MAX_PARALLELIZATION, 1),
            maxRetries(section),
            maxRecordAge(section),
            section.flag("BisectBatchOnFunctionError", false),
            reportsItemFailures(section),
            filters(section),
            deadLetters(section),
            Duration.ofSeconds(
                section.whole(
                    "TimeoutInSeconds", 1, MAX_TIMEOUT_SECONDS, DEFAULT_TIMEOUT_SECONDS)));
    section.refuseUnknown();
    return trigger;
  }

  private static URI endpoint(Section section) {
    return section.parsed(
        "Endpoint",
        URI.create("http://localhost"),
        "an http or https URL without a user and a fragment",
        text ->
            SettingsReader.uri(text, Set.of("http", "https"))
                .filter(uri -> uri.getUserInfo() == null && uri.getFragment() == null));
  }

  private static OptionalInt maxRetries(Section section) {
    int retries = section.whole("MaximumRetryAttempts", UNLIMITED, MAX_RETRIES, UNLIMITED);
    return retries == UNLIMITED ? OptionalInt.empty() : OptionalInt.of(retries);
  }

  private static Optional<Duration> maxRecordAge(Section section) {
    String name = "MaximumRecordAgeInSeconds";
    int seconds = section.whole(name, UNLIMITED, MAX_AGE_SECONDS, UNLIMITED);
    if (seconds > UNLIMITED && seconds < MIN_AGE_SECONDS) {
      section.refuse(name, "must be -1, or at least " + MIN_AGE_SECONDS);
    }
    return seconds == UNLIMITED ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  private static boolean reportsItemFailures(Section section) {
    String name = "FunctionResponseTypes";
    List<JsonValue> types = section.elements(name, 1);
    boolean isLegal =
        types.stream().allMatch(type -> type.equals(new JsonValue.Text(REPORT_ITEM_FAILURES)));
    if (!isLegal) {
      section.refuse(name, "has only the value " + REPORT_ITEM_FAILURES);
    }
    return !types.isEmpty();
  }

  private List<FilterPattern> filters(Section section) {
    List<FilterPattern> patterns = new ArrayList<>();
    section
        .section("FilterCriteria")
        .ifPresent(criteria -> {
          List<JsonValue> filters = criteria.elements("Filters", MAX_FILTERS);
          for (int i = 0; i < filters.size(); i++) {
            Section filter = criteria.element("Filters", i, filters.get(i));
            pattern(filter).ifPresent(patterns::add);
            filter.refuseUnknown();
          }
          criteria.refuseUnknown();
        });
    return patterns;
  }

  private Optional<FilterPattern> pattern(Section filter) {
    String name = "Pattern";
    String text = filter.requiredText(name);
    if (text.length() > MAX_PATTERN_CHARS) {
      filter.refuse(name, "has at most " + MAX_PATTERN_CHARS + " characters");
    } else if (!text.isEmpty()) {
      try {
        return Optional.of(FilterPattern.of(json.apply(text.getBytes(StandardCharsets.UTF_8))));
      } catch (JsonSyntaxException broken) {
        filter.refuse(name, "is not a pattern: " + broken.getMessage());
      }
    }
    return Optional.empty();
  }

  private Optional<Path> deadLetters(Section section) {
    Optional<Section> config = section.section("DestinationConfig");
    Optional<Section> failure = config.flatMap(given -> given.section("OnFailure"));
    Optional<Path> file =
        failure.flatMap(
            given -> given.parsed("File", Optional.<Path>empty(), "a path", TriggerReader::path));
    file.filter(path -> !deadLetterFiles.add(path.toAbsolutePath().normalize()))
        .ifPresent(_ -> failure.orElseThrow().refuse("File", "is the file of another trigger"));
    failure.ifPresent(Section::refuseUnknown);
    config.ifPresent(Section::refuseUnknown);
    return file;
  }

  private static Optional<Optional<Path>> path(String text) {
    try {
      return Optional.of(Optional.of(Path.of(text)));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}
