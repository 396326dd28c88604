package org.ostraka.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import org.ostraka.engine.capacity.Meter;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.expiry.Sweeper;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.index.IndexBuilder;
import org.ostraka.engine.item.TombstoneCollection;
import org.ostraka.engine.kinesis.DestinationSettling;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.engine.region.GlobalTables;
import org.ostraka.engine.region.LocalPeer;
import org.ostraka.engine.region.TableCopy;
import org.ostraka.engine.stream.ShardMaintenance;
import org.ostraka.model.Bytes;
import org.ostraka.model.ConsumedCapacity;

/**
 * The rules behind the picture in ARCHITECTURE.md. The test is in {@code cli} because this module
 * sees all the others. Maven says which module may use which; these rules say which package may.
 */
@AnalyzeClasses(packages = "org.ostraka", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String[] PURE = {
    "org.ostraka.model..",
    "org.ostraka.expression..",
    "org.ostraka.engine..",
    "org.ostraka.identity.."
  };

  /**
   * Packages that may make threads, clocks and random sources. The testkit makes doubles of them.
   */
  private static final String[] THREAD_MAKERS = {
    "org.ostraka.server", "org.ostraka.cli", "org.ostraka.voting", "org.ostraka.testkit.."
  };

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices()
          .matching("org.ostraka.(**)")
          .should()
          .beFreeOfCycles()
          .because(
              "packages in a cycle cannot be understood alone: move what both need below both");

  @ArchTest
  static final ArchRule pureModulesReadNoClock =
      pure()
          .should()
          .accessTargetWhere(call("read the clock", ArchitectureTest::readsClock))
          .because("time comes through a constructor: take a Clock or an InstantSource")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule pureModulesMakeNoRandomness =
      pure()
          .should()
          .accessTargetWhere(call("make randomness", ArchitectureTest::makesRandomness))
          .because("randomness comes through a constructor: take a RandomGenerator")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule pureModulesOpenNoSocketAndNoFile =
      pure()
          .should()
          .dependOnClassesThat(describe("open sockets or files", ArchitectureTest::opensAnything))
          .because("data goes to the disk through the Store, and to the network through the server")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule pureModulesKnowNoJson =
      pure()
          .and()
          .resideOutsideOfPackage("org.ostraka.identity.wire..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("..jackson..", "jakarta.json..", "com.google.gson.."))
          .because("JSON ends in the wire packages: work on model types")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyItsModuleKnowsRocksDb =
      only("org.rocksdb..", "org.ostraka.storage.rocksdb..");

  @ArchTest
  static final ArchRule onlyItsModuleKnowsTheSqlDriver =
      only("org.postgresql..", "org.ostraka.storage.postgresql..");

  @ArchTest
  static final ArchRule onlyWirePackagesKnowTheJsonLibrary =
      only(
          "tools.jackson..",
          "org.ostraka.server.wire..",
          "org.ostraka.identity.wire..",
          "org.ostraka.delivery.wire..",
          "org.ostraka.transfer.wire..",
          "org.ostraka.voting.wire..");

  @ArchTest
  static final ArchRule onlyTheHttpPackageKnowsTheHttpLibrary =
      only("io.helidon..", "org.ostraka.server.http..");

  @ArchTest
  static final ArchRule onlyClientsOfAwsKnowTheAwsSdk =
      only(
          "software.amazon..",
          "org.ostraka.delivery.kinesis..",
          "org.ostraka.transfer.s3..",
          "org.ostraka.voting..");

  @ArchTest
  static final ArchRule onlyItsPackageKnowsTheIonLibrary =
      only("com.amazon.ion..", "org.ostraka.transfer.ion..");

  @ArchTest
  static final ArchRule onlyThoseWhoCompressKnowTheZstdLibrary =
      only("com.github.luben..", "org.ostraka.transfer.format..", "org.ostraka.server.http..");

  @ArchTest
  static final ArchRule onlyItsPackageKnowsTheTokenLibrary =
      only("com.nimbusds..", "org.ostraka.server.webidentity..", "org.ostraka.voting.token..");

  @ArchTest
  static final ArchRule onlyItsModuleKnowsDuckDb = only("org.duckdb..", "org.ostraka.analytics..");

  @ArchTest
  static final ArchRule onlyTheAdminPackageKnowsMicrometer =
      only("io.micrometer..", "org.ostraka.server.admin..");

  @ArchTest
  static final ArchRule onlyTheAdminPackageKnowsThePrometheusLibrary =
      only("io.prometheus..", "org.ostraka.server.admin..");

  @ArchTest
  static final ArchRule onlyInsightsKnowTheSketchLibrary =
      only("org.apache.datasketches..", "org.ostraka.engine.insight..");

  @ArchTest
  static final ArchRule onlySinksKnowKafka =
      only("org.apache.kafka..", "org.ostraka.delivery.sink..");

  @ArchTest
  static final ArchRule onlySinksKnowAmqp = only("com.rabbitmq..", "org.ostraka.delivery.sink..");

  @ArchTest
  static final ArchRule onlyItsModuleKnowsTheOptionParser =
      only("org.apache.commons.cli..", "org.ostraka.options..");

  @ArchTest
  static final ArchRule storesKnowBytesOnly =
      noClasses()
          .that(resideInAnyPackage("org.ostraka.storage.."))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.ostraka.model..").and(not(assignableTo(Bytes.class))))
          .because("a store keeps bytes; only the engine knows what they mean");

  @ArchTest
  static final ArchRule onlyCompositionRootsChooseTheStore =
      noClasses()
          .that(
              resideOutsideOfPackages(
                  "org.ostraka.storage.rocksdb..", "org.ostraka.server", "org.ostraka.cli"))
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.ostraka.storage.rocksdb.."))
          .because("everyone else works with org.ostraka.storage.Store");

  @ArchTest
  static final ArchRule onlyCompositionRootsMakeThreads =
      noClasses()
          .that(resideOutsideOfPackages(THREAD_MAKERS))
          .should()
          .accessTargetWhere(call("make threads or sleep", ArchitectureTest::makesThreads))
          .because(
              "threads come through a constructor: take a ThreadFactory;"
                  + " and wait for a condition instead of sleeping");

  @ArchTest
  static final ArchRule onlyTheGateReachesTables =
      noClasses()
          .that(resideInAnyPackage("org.ostraka.engine.."))
          .and()
          .resideOutsideOfPackages("org.ostraka.engine.gate", "org.ostraka.engine.catalogue")
          .and(describe("are not background work", type -> !isBackgroundWork(type)))
          .should()
          .accessTargetWhere(
              call(
                  "reach tables past the gate",
                  target ->
                      target.getOwner().isEquivalentTo(Catalogue.class)
                          && !target.getName().equals("open")))
          .because("permission and capacity are judged at the gate: take an engine.gate.Gate");

  @ArchTest
  static final ArchRule everyHandlerPassesTheGate =
      classes()
          .that(resideInAnyPackage("org.ostraka.engine.."))
          .and()
          .implement(OperationHandler.class)
          .should()
          .dependOnClassesThat(equivalentTo(Gate.class))
          .because("no operation is carried out for whoever may not ask for it");

  @ArchTest
  static final ArchRule onlyTheMeterShowsWhatWasConsumed =
      noClasses()
          .that(resideInAnyPackage("org.ostraka.engine.."))
          .and()
          .doNotHaveFullyQualifiedName(Meter.class.getName())
          .should()
          .accessTargetWhere(
              call(
                  "make an answer about consumption",
                  target ->
                      target.getOwner().isEquivalentTo(ConsumedCapacity.class)
                          && target.getName().equals("<init>")))
          .because("what is answered is what is settled: charge the request's Meter");

  /** The classes of engine.backup that work on their own; handlers there pass the gate. */
  private static final Set<String> BACKUP_WORK =
      Set.of("Archiver", "ArchiveCleaning", "BackupStart", "Restorations");

  private static boolean isBackgroundWork(JavaClass type) {
    return type.getName().startsWith(IndexBuilder.class.getName())
        || BACKUP_WORK.contains(type.getSimpleName())
        || type.getName().startsWith("org.ostraka.engine.scaling.Scale")
        || type.getName().startsWith(DestinationSettling.class.getName())
        || type.getName().startsWith(ShardMaintenance.class.getName())
        || type.getName().startsWith(GlobalTables.class.getName())
        || type.getName().startsWith(LocalPeer.class.getName())
        || type.getName().startsWith(TableCopy.class.getName())
        || type.getName().startsWith(Sweeper.class.getName())
        || type.getName().startsWith(TombstoneCollection.class.getName());
  }

  private static GivenClassesConjunction pure() {
    return noClasses().that(resideInAnyPackage(PURE));
  }

  private static ArchRule only(String library, String... homes) {
    return noClasses()
        .that(resideOutsideOfPackages(homes))
        .should()
        .dependOnClassesThat(resideInAnyPackage(library))
        .because(
            library
                + " may be used in "
                + String.join(", ", homes)
                + " only: put the code there, behind our own types");
  }

  private static DescribedPredicate<JavaAccess<?>> call(
      String what, Predicate<CodeUnitAccessTarget> predicate) {
    return describe(
        what,
        access ->
            access.getTarget() instanceof CodeUnitAccessTarget target && predicate.test(target));
  }

  private static boolean readsClock(CodeUnitAccessTarget target) {
    JavaClass owner = target.getOwner();
    String name = target.getName();
    if (owner.isEquivalentTo(System.class)) {
      return name.equals("currentTimeMillis") || name.equals("nanoTime");
    }
    if (owner.isEquivalentTo(Clock.class)) {
      return name.startsWith("system") || name.startsWith("tick");
    }
    if (owner.getName().equals("java.time.InstantSource")) {
      return name.equals("system");
    }
    boolean now = owner.getPackageName().startsWith("java.time") && name.equals("now");
    boolean newDate = owner.getName().equals("java.util.Date") && takesNothing(target);
    return newDate || (now && !takes(target, Clock.class));
  }

  private static boolean makesRandomness(CodeUnitAccessTarget target) {
    JavaClass owner = target.getOwner();
    String name = target.getName();
    return switch (owner.getName()) {
      case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
      case "java.util.UUID" -> name.equals("randomUUID");
      case "java.util.random.RandomGenerator" -> name.equals("of") || name.equals("getDefault");
      case "java.util.concurrent.ThreadLocalRandom" -> name.equals("current");
      case "java.util.SplittableRandom", "java.util.Collections" ->
          name.equals("<init>") || (name.equals("shuffle") && !takes(target, Random.class));
      default ->
          owner.isAssignableTo(Random.class)
              && (name.equals("<init>") || name.startsWith("getInstance"));
    };
  }

  private static boolean opensAnything(JavaClass type) {
    String name = type.getName();
    return switch (type.getPackageName()) {
      case "java.net" -> name.matches(".*(Socket|URLConnection|\\.URL)");
      case "java.net.http", "java.nio.channels", "javax.net" -> true;
      case "java.nio.file" -> name.endsWith(".Files");
      case "java.io" -> name.matches(".*\\.(File.*|RandomAccessFile)");
      default -> false;
    };
  }

  private static boolean makesThreads(CodeUnitAccessTarget target) {
    String name = target.getName();
    JavaClass owner = target.getOwner();
    if (owner.isAssignableTo(Thread.class)) {
      return Set.of("<init>", "sleep", "ofPlatform", "ofVirtual", "startVirtualThread")
          .contains(name);
    }
    if (owner.isEquivalentTo(Executors.class)) {
      return name.startsWith("new") && !takes(target, ThreadFactory.class);
    }
    boolean pool = owner.isAssignableTo(ThreadPoolExecutor.class);
    boolean other = owner.isAssignableTo(ForkJoinPool.class) || owner.isAssignableTo(Timer.class);
    return name.equals("<init>") && (other || (pool && !takes(target, ThreadFactory.class)));
  }

  private static boolean takes(CodeUnitAccessTarget target, Class<?> type) {
    return target.getRawParameterTypes().stream().anyMatch(raw -> raw.isEquivalentTo(type));
  }

  private static boolean takesNothing(CodeUnitAccessTarget target) {
    return target.getName().equals("<init>") && target.getRawParameterTypes().isEmpty();
  }
}
