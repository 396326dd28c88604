package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.testkit.random.RandomCase;
import org.slf4j.LoggerFactory;

/** Background work whose storage is away: how often it is tried, and what the log says. */
final class RecurringStepTest {
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(RecurringStep.class);
  private final List<Duration> tried = new ArrayList<>();
  private Duration now = Duration.ofHours(1);
  private RuntimeException failure = new StorageFailedException("S3 does not answer");
  private boolean isAway;
  private RecurringStep step;

  @BeforeEach
  void listen(TestInfo test) {
    logged.start();
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
    logger.addAppender(logged);
    step = step(LONGEST, () -> "backups in progress: 1", RandomCase.of(test));
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(logged);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private RecurringStep step(Duration longest, Supplier<String> waiting, RandomCase random) {
    return new RecurringStep(
        new RecurringStep.Work("archiving", this::attempt, waiting),
        new RecurringStep.Rests(EVERY, longest),
        () -> now.toNanos(),
        random.branch(0));
  }

  private void attempt() {
    tried.add(now);
    if (isAway) {
      throw failure;
    }
  }

  /** Runs the step as its timer would. */
  private void pass(Duration time) {
    Duration end = now.plus(time);
    while (now.compareTo(end) < 0) {
      step.run();
      now = now.plus(EVERY);
    }
  }

  private List<String> messages() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private List<Duration> rests() {
    List<Duration> rests = new ArrayList<>();
    for (int i = 1; i < tried.size(); i++) {
      rests.add(tried.get(i).minus(tried.get(i - 1)));
    }
    return rests;
  }

  @Test
  void workThatSucceedsIsDoneEachTimeAndSaysNothing() {
    pass(Duration.ofMinutes(1));
    assertThat(tried).hasSize(120);
    assertThat(logged.list).isEmpty();
  }

  @Test
  void workThatFailsIsTriedLessAndLessOftenUpToABound() {
    isAway = true;
    pass(Duration.ofMinutes(10));
    List<Duration> rests = rests();
    for (int i = 0; i < rests.size(); i++) {
      Duration bound = EVERY.multipliedBy(2L << Math.min(i, 10));
      Duration longest = bound.compareTo(LONGEST) < 0 ? bound : LONGEST;
      assertThat(rests.get(i))
          .as("rest %d", i)
          .isBetween(longest.dividedBy(2), longest.plus(EVERY));
    }
    assertThat(rests).hasSizeBetween(40, 90);
    assertThat(rests.subList(10, rests.size()).stream().distinct().count())
        .as("rests are of random length")
        .isGreaterThan(5);
  }

  @Test
  void itIsDoneAtOnceAgainAfterASuccess() {
    isAway = true;
    pass(Duration.ofMinutes(5));
    isAway = false;
    pass(Duration.ofMinutes(1));
    int before = tried.size();
    pass(Duration.ofMinutes(1));
    assertThat(tried).hasSize(before + 120);
    isAway = true;
    pass(EVERY);
    int failed = tried.size();
    pass(Duration.ofMillis(1_500));
    assertThat(tried).as("the first rest is short again").hasSizeGreaterThan(failed);
  }

  @Test
  void theFirstFailureIsLoggedThenOneAMinuteAndTheFirstSuccess() {
    isAway = true;
    pass(Duration.ofMinutes(10));
    assertThat(logged.list).hasSizeBetween(9, 11);
    assertThat(messages().getFirst())
        .isEqualTo(
            "archiving has failed and will be tried again: S3 does not answer;"
                + " waiting: backups in progress: 1");
    assertThat(messages().subList(1, messages().size()))
        .allSatisfy(each ->
            assertThat(each)
                .matches(
                    "archiving has failed [0-9]+ times in PT[0-9MS]+ and will be tried again:"
                        + " S3 does not answer; waiting: backups in progress: 1"));
    assertThat(logged.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.WARN);
    logged.list.clear();
    int failures = tried.size();
    isAway = false;
    pass(Duration.ofMinutes(5));
    assertThat(messages())
        .singleElement()
        .asString()
        .matches("archiving works again, after " + failures + " failures in PT10M[0-9]*S?");
    assertThat(logged.list.getFirst().getLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void workThatMustNotRestIsTriedEachTimeAndLoggedAsSeldom(TestInfo test) {
    step = step(EVERY, () -> "", RandomCase.of(test));
    isAway = true;
    pass(Duration.ofMinutes(2));
    assertThat(tried).hasSize(240);
    assertThat(logged.list).hasSize(2);
    assertThat(messages().getFirst())
        .isEqualTo("archiving has failed and will be tried again: S3 does not answer");
  }

  @Test
  void whatWaitsIsNotSaidIfItsStorageFailsToo(TestInfo test) {
    step =
        step(
            LONGEST,
            () -> {
              throw new StorageFailedException("the disk is full");
            },
            RandomCase.of(test));
    isAway = true;
    pass(EVERY);
    assertThat(messages())
        .containsExactly("archiving has failed and will be tried again: S3 does not answer");
  }

  /** A service that answers some requests and refuses others must not fill the log. */
  @Test
  void workThatFailsNowAndThenIsLoggedAsSeldom(TestInfo test) {
    step = step(EVERY, () -> "", RandomCase.of(test));
    for (int i = 0; i < 10; i++) {
      for (int run = 0; run < 60; run++) {
        isAway = run % 2 == 0;
        pass(EVERY);
        isAway = false;
        pass(EVERY);
      }
    }
    assertThat(tried).hasSize(1_200);
    assertThat(messages()).filteredOn(message -> message.contains("has failed")).hasSize(10);
    assertThat(messages())
        .filteredOn(message -> message.contains("works again, after 1 failure in PT0S"))
        .hasSize(10);
  }

  /** An exception would end the timer, and archiving with it. */
  @Test
  void aMistakeInWhatWaitsDoesNotEndTheWork(TestInfo test) {
    step =
        step(
            LONGEST,
            () -> {
              throw new IllegalStateException("a mistake");
            },
            RandomCase.of(test));
    isAway = true;
    pass(Duration.ofMinutes(2));
    assertThat(tried).hasSizeGreaterThan(2);
    assertThat(messages())
        .contains(
            "what waits for archiving cannot be listed",
            "archiving has failed and will be tried again: S3 does not answer");
  }

  @Test
  void aMistakeIsAnErrorWithItsTrace() {
    isAway = true;
    pass(EVERY);
    isAway = false;
    pass(Duration.ofSeconds(2));
    logged.list.clear();
    failure = new IllegalStateException("a mistake");
    isAway = true;
    pass(EVERY);
    assertThat(logged.list)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getLevel()).isEqualTo(Level.ERROR);
          assertThat(event.getThrowableProxy().getMessage()).isEqualTo("a mistake");
        });
  }
}
