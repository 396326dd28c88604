package org.ostraka.delivery;

/** Delivers the changes of shards to somewhere. Any thread; each shard has its own. */
@FunctionalInterface
public interface ShardConsumer {
  /**
   * Delivers until the feed is at its end and everything is delivered. What is not said to be
   * delivered comes again after an exception or a restart.
   *
   * @throws InterruptedException when delivery is to stop
   */
  void consume(ShardFeed feed) throws InterruptedException;
}
