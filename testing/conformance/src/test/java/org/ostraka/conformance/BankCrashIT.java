package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A transaction is all or nothing: the server is killed with SIGKILL while money is transferred,
 * again and again on one data directory. A transfer that was not answered is sent again with its
 * token.
 */
final class BankCrashIT {

  private static final int CRASHES = Integer.getInteger("ostraka.bank.crashes", 5);
  private static final int TELLERS = 16;
  private static final int MAX_TRANSFERS_BEFORE_KILL = 600;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  private final Seed seed = Seed.announcedFor(BankCrashIT.class);
  private final BankTable bank = new BankTable();

  @Test
  void noKillMakesOrLosesMoney() throws Exception {
    Path data = directory.resolve("data");
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      bank.create(client);
      server.kill9();
    }
    for (int crash = 1; crash <= CRASHES; crash++) {
      verifyThenKillUnderLoad(data, crash);
    }
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint())) {
      bank.verify(client);
      assertThat(server.terminate().status()).isZero();
    }
    OstrakaProcess.Ended check = OstrakaProcess.run("check", data.toString());
    assertThat(check.status()).as(check.output()).isZero();
  }

  private void verifyThenKillUnderLoad(Path data, int crash) throws Exception {
    int transfers = seed.random(-crash).nextInt(MAX_TRANSFERS_BEFORE_KILL);
    Semaphore answered = new Semaphore(0);
    try (OstrakaProcess server = OstrakaProcess.serve(data);
        DynamoDbClient client = SdkClients.connect(server.endpoint());
        ExecutorService threads = Executors.newFixedThreadPool(TELLERS)) {
      bank.verify(client);
      List<Future<SdkException>> tellers = new ArrayList<>();
      for (int teller = 0; teller < TELLERS; teller++) {
        Random random = seed.random(crash * TELLERS + teller);
        String prefix = "transfer-" + crash + "-" + teller + "-";
        tellers.add(threads.submit(() -> transferUntilKilled(client, random, prefix, answered)));
      }
      boolean inTime =
          answered.tryAcquire(transfers, OstrakaProcess.LIMIT.toSeconds(), TimeUnit.SECONDS);
      server.kill9();
      for (Future<SdkException> teller : tellers) {
        assertThat(teller.get()).isNotNull();
      }
      assertThat(inTime).as("%d transfers answered before kill %d", transfers, crash).isTrue();
    }
  }

  private SdkException transferUntilKilled(
      DynamoDbClient client, Random random, String prefix, Semaphore answered) {
    int count = 0;
    try {
      while (true) {
        bank.transfer(client, bank.next(random, prefix + count));
        count++;
        answered.release();
      }
    } catch (SdkException e) {
      return e;
    }
  }
}
