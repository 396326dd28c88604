package org.ostraka.conformance;

import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Writes to its own keys of a table, one request after the other, until a request fails, and
 * returns that failure. Releases a permit of {@code acknowledged} for each success. Runs on one
 * thread.
 */
record CrashWriter(
    DynamoDbClient client, RememberedTable table, Keys keys, Random random, Semaphore acknowledged)
    implements Callable<SdkException> {

  /** The keys from {@code first} on, {@code step} apart, so that no two writers share a key. */
  record Keys(int first, int step) {}

  private static final int DELETE_EVERY = 5;

  @Override
  public SdkException call() {
    try {
      while (true) {
        writeOnce();
        acknowledged.release();
      }
    } catch (SdkException e) {
      return e;
    }
  }

  private void writeOnce() {
    int own = random.nextInt((table.size() - keys.first() + keys.step() - 1) / keys.step());
    int index = keys.first() + own * keys.step();
    if (random.nextInt(DELETE_EVERY) == 0) {
      table.delete(client, index);
    } else {
      table.put(client, index);
    }
  }
}
