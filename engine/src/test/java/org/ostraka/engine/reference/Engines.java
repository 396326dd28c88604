package org.ostraka.engine.reference;

import java.util.random.RandomGenerator;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.check.IntegrityCheck;
import org.ostraka.engine.lease.EnginePair;

/** The engines that carry out the steps of a run. One thread. */
sealed interface Engines {
  /** Returns the engine of the next step. */
  TestEngine next();

  /** Ends an engine and begins a new one on the same store. */
  void restart();

  /** Stores how much the table holds. */
  void storeSizes();

  /**
   * Returns whether the size of an index is exact that was built while items were written: an
   * engine does not know how far another one has built.
   */
  boolean countsBuiltIndexes();

  void close();

  /** Verifies what is stored, after {@link #close}. */
  IntegrityCheck.Report check();

  /** One engine that has its store alone. */
  final class Sole implements Engines {
    private TestEngine engine = new TestEngine();

    @Override
    public TestEngine next() {
      return engine;
    }

    @Override
    public void restart() {
      storeSizes();
      engine = engine.restart();
    }

    @Override
    public void storeSizes() {
      engine.catalogue().maintain();
    }

    @Override
    public boolean countsBuiltIndexes() {
      return true;
    }

    @Override
    public void close() {
      engine.close();
    }

    @Override
    public IntegrityCheck.Report check() {
      return engine.check();
    }
  }

  /** Two engines that share their store; chance says which of them carries out a step. */
  final class Pair implements Engines {
    private final EnginePair engines;
    private final RandomGenerator random;

    Pair(EnginePair engines, RandomGenerator random) {
      this.engines = engines;
      this.random = random;
    }

    @Override
    public TestEngine next() {
      return engines.any(random);
    }

    @Override
    public void restart() {
      engines.replaceAny(random);
    }

    @Override
    public void storeSizes() {
      engines.maintain();
    }

    @Override
    public boolean countsBuiltIndexes() {
      return false;
    }

    @Override
    public void close() {
      engines.close();
    }

    @Override
    public IntegrityCheck.Report check() {
      return engines.check();
    }
  }
}
