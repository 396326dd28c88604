package org.ostraka.engine.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.engine.lease.EnginePair;
import org.ostraka.identity.directory.AccessKeyEntry;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.DirectoryException;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.testkit.clock.ManualClock;
import org.ostraka.testkit.random.RandomCase;

/** Random changes through directories that share a store, beside the same changes in memory. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DirectoryModelTest {
  private static final int RUNS = 20;
  private static final int CHANGES = 120;
  private static final Principal ACTOR = new Principal.AccessKey("admin");
  private static final List<AccountId> ACCOUNTS =
      List.of(new AccountId("111111111111"), new AccountId("222222222222"));

  @Test
  void everyServerHasWhatAnyOfThemChanged(TestInfo test) {
    RandomCase cases = RandomCase.of(test);
    for (int run = 0; run < RUNS; run++) {
      RandomGenerator random = cases.branch(run);
      EnginePair pair = new EnginePair();
      Map<TestEngine, Directory> directories = new HashMap<>();
      Map<AccountId, Account> model = new HashMap<>();
      RandomChanges changes = new RandomChanges(random);
      for (int i = 0; i < CHANGES; i++) {
        if (random.nextInt(40) == 0) {
          pair.replaceAny(random);
        }
        TestEngine engine = pair.any(random);
        pair.all().forEach(each -> directories.computeIfAbsent(each, TestDirectory::open));
        Directory directory = directories.get(engine);
        AccountId id = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        UnaryOperator<Account> change = changes.next(id);
        Account before = model.getOrDefault(id, new Account(id));
        Object expected = outcome(() -> change.apply(before));
        assertThat(outcome(() -> directory.change(ACTOR, id, change))).isEqualTo(expected);
        if (expected instanceof Account after) {
          model.put(id, after);
        }
        for (TestEngine each : pair.all()) {
          verifySame(directories.get(each), model);
        }
      }
      pair.passLease();
      IntegrityCheck.Report report = IntegrityCheck.run(pair.all().getFirst().store());
      assertThat(report.named()).isEmpty();
      pair.close();
    }
  }

  private static void verifySame(Directory directory, Map<AccountId, Account> model) {
    model.forEach((id, account) -> {
      assertThat(directory.account(id)).isEqualTo(account);
      for (AccessKeyEntry key : account.accessKeys()) {
        assertThat(directory.ownerOf(key.id()).map(owner -> owner.account().id())).contains(id);
      }
    });
  }

  private static Object outcome(Supplier<Account> change) {
    try {
      return change.get();
    } catch (DirectoryException refusal) {
      return refusal.code() + " " + refusal.getMessage();
    }
  }

  /** Lets so many steps of a volume happen once it is armed, and none after them. Any thread. */
  private static final class Steps implements MemoryVolume.Steps {
    private long left = Long.MAX_VALUE;

    synchronized void arm(int steps) {
      left = steps;
    }

    @Override
    public synchronized void before(MemoryVolume.Step step) {
      if (left <= 0) {
        throw new StorageFailedException("the volume fails from here on");
      }
      left--;
    }
  }

  @Test
  void aChangeIsWholeOrNotAtAllWhereverItIsCutShort(TestInfo test) {
    RandomGenerator random = RandomCase.of(test).branch(0);
    AccountId id = ACCOUNTS.getFirst();
    for (int steps = 0; steps < 30; steps++) {
      Steps failing = new Steps();
      RandomChanges changes = new RandomChanges(random);
      TestEngine engine = engine(new MemoryVolume(failing));
      Directory directory = TestDirectory.open(engine);
      Account before = new Account(id);
      failing.arm(steps);
      Optional<Account> attempted = Optional.empty();
      boolean isCut = false;
      while (!isCut) {
        UnaryOperator<Account> change = changes.next(id);
        try {
          attempted = Optional.of(change.apply(before));
          before = directory.change(ACTOR, id, change);
        } catch (DirectoryException _) {
          attempted = Optional.empty();
        } catch (StorageException _) {
          isCut = true;
        }
      }
      try (TestEngine after = engine.afterCrash(steps % 2, MemoryVolume.Steps.SOUND)) {
        Account found = TestDirectory.open(after).account(id);
        assertThat(found).isIn(before, attempted.orElse(before));
        assertThat(IntegrityCheck.run(after.store()).named()).isEmpty();
      }
    }
  }

  private static TestEngine engine(MemoryVolume volume) {
    return new TestEngine(volume, new ManualClock(TestEngine.START), Duration.ZERO);
  }
}
