package org.ostraka.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What DescribeTable says of an index that is being added. One thread looks, any thread reads. */
final class BuildProgress implements Runnable, AutoCloseable {
  private static final Pattern ITEMS =
      Pattern.compile("\"IndexName\":\"by-time\".*?\"ItemCount\":(\\d+)");

  /** What was seen, and when. */
  record Sample(Duration since, long items) {}

  private final Exchange exchange;
  private final byte[] describe;
  private final long startNanos = System.nanoTime();
  private final List<Sample> samples = new CopyOnWriteArrayList<>();
  private volatile @Nullable Duration active;
  private volatile @Nullable IOException failure;

  BuildProgress(URI endpoint, BallotRequests requests) throws IOException {
    exchange = new Exchange(endpoint);
    describe = requests.describeTable();
  }

  /** Looks once, unless the index is complete. */
  @Override
  public void run() {
    if (isOver()) {
      return;
    }
    try {
      look();
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Whether the index is complete, or looking has failed. */
  boolean isOver() {
    return active != null || failure != null;
  }

  /** How long the index took to be complete; fails when that was not seen. */
  Duration timeToActive() throws IOException {
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
    Duration seen = active;
    if (seen == null) {
      throw new IOException("the index has not become ACTIVE");
    }
    return seen;
  }

  /** How many items the index was said to have while it was CREATING. */
  List<Sample> samples() {
    return List.copyOf(samples);
  }

  private void look() throws IOException {
    String answer = exchange.ask(describe);
    Duration since = Duration.ofNanos(System.nanoTime() - startNanos);
    if (answer.contains("\"IndexStatus\":\"CREATING\"")) {
      samples.add(new Sample(since, Ballots.number(ITEMS, answer)));
    } else if (answer.contains("\"IndexStatus\":\"ACTIVE\"")) {
      active = since;
    } else {
      throw new IOException("no index that is being added: " + answer);
    }
  }

  @Override
  public void close() throws IOException {
    exchange.close();
  }
}
