package org.ostraka.conformance;

import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Transfers money until it is told to stop or a transfer is not answered, and returns the failure
 * that ended it. Releases a permit for each answer. Runs on one thread.
 *
 * @param name begins the names of its transfers; no other teller has it
 */
record Teller(
    BankTable bank,
    DynamoDbClient client,
    String name,
    Random random,
    Semaphore answered,
    AtomicBoolean stop)
    implements Callable<Optional<SdkException>> {
  @Override
  public Optional<SdkException> call() {
    try {
      for (int count = 0; !stop.get(); count++) {
        bank.transfer(client, bank.next(random, name + "-" + count));
        answered.release();
      }
      return Optional.empty();
    } catch (SdkException failure) {
      return Optional.of(failure);
    }
  }
}
