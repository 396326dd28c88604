package org.ostraka.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table that gets an index: filled, and counted. Any thread. */
record Ballots(URI endpoint, BallotRequests requests) {
  /** Connections that fill and count. */
  private static final int CONNECTIONS = 8;

  private static final int BATCH = 25;
  private static final Pattern COUNT = Pattern.compile("\"Count\":(\\d+)");
  private static final Pattern LAST_KEY =
      Pattern.compile("\"LastEvaluatedKey\":(\\{(?:[^{}]|\\{[^{}]*\\})*\\})");

  /** Work of one connection. */
  @FunctionalInterface
  private interface Part {
    long run(Exchange exchange, int part) throws IOException;
  }

  /** Makes the table with so many items. */
  void fill(long items) throws IOException, InterruptedException {
    Exchange.once(endpoint, requests.createTable());
    inParts((exchange, part) -> {
      long first = (long) part * BATCH;
      while (first < items) {
        long end = Math.min(items, first + BATCH);
        String answer = exchange.ask(requests.putBallots(first, end));
        if (!answer.contains("\"UnprocessedItems\":{}")) {
          throw new IOException("not all items were written: " + answer);
        }
        first += (long) CONNECTIONS * BATCH;
      }
      return items;
    });
  }

  /** Counts the items of the table, or those that its index has. */
  long count(boolean ofIndex) throws IOException, InterruptedException {
    return inParts((exchange, part) -> count(exchange, ofIndex, part));
  }

  private long count(Exchange exchange, boolean ofIndex, int segment) throws IOException {
    long count = 0;
    Optional<String> after = Optional.empty();
    do {
      String page = exchange.ask(requests.count(ofIndex, segment, CONNECTIONS, after));
      count += number(COUNT, page);
      Matcher last = LAST_KEY.matcher(page);
      after = last.find() ? Optional.of(last.group(1)) : Optional.empty();
    } while (after.isPresent());
    return count;
  }

  /** The number that the pattern's group finds in an answer. */
  static long number(Pattern pattern, String answer) throws IOException {
    Matcher found = pattern.matcher(answer);
    if (!found.find()) {
      throw new IOException("no " + pattern + " in " + answer);
    }
    return Long.parseLong(found.group(1));
  }

  private long inParts(Part work) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Long>> parts = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        int part = i;
        parts.add(
            threads.submit(() -> {
              try (Exchange exchange = new Exchange(endpoint)) {
                return work.run(exchange, part);
              }
            }));
      }
      long sum = 0;
      for (Future<Long> part : parts) {
        sum += part.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw new IOException("a connection failed", e.getCause());
    }
  }
}
