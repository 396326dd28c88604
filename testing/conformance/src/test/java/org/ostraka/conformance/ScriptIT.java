package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.OstrakaProcess.Ended;

/** {@code bin/ostraka} from any directory, and on machines that lack something that it needs. */
final class ScriptIT {

  private static final List<String> VERSION = List.of("--version");

  /** A class for a switch over types, for a proxy, or for a comparator that can be serialized. */
  private static final Pattern MADE =
      Pattern.compile(
          "\\$\\$TypeSwitch/|\\.\\$Proxy[0-9]+ source: __|java\\.util\\.Comparator\\$\\$Lambda\\S* source: java");

  @TempDir private Path directory;

  private Distribution copy;

  @BeforeEach
  void copyTheDistribution() throws IOException {
    copy = Distribution.underTest().copyTo(directory.resolve("a path with spaces"));
  }

  @Test
  void itRunsFromAPathWithSpacesOnADataDirectoryWithSpaces() throws InterruptedException {
    Path data = directory.resolve("some data");
    assertServes(List.of(copy.launcher().toString(), "serve", "--port", "0", "--data", "" + data));
    assertThat(data).isNotEmptyDirectory();
  }

  @Test
  void itRunsThroughChainsOfSymbolicLinks() throws Exception {
    Path links = Files.createDirectories(directory.resolve("some links"));
    Path absolute = Files.createSymbolicLink(links.resolve("first"), copy.launcher());
    Path relative = Files.createSymbolicLink(links.resolve("second"), absolute.getFileName());
    assertServes(List.of(relative.toString(), "serve", "--port", "0", "--in-memory"));
  }

  @Test
  void theServerTakesThePlaceOfTheScript() throws InterruptedException {
    try (OstrakaProcess server =
        OstrakaProcess.start(Map.of(), "serve", "--port", "0", "--in-memory")) {
      server.endpoint();
      assertThat(server.program()).endsWith("java");
    }
  }

  /**
   * The JVM keeps 7 MB once it has made some dozens of classes that its cache cannot have (decision
   * 9).
   */
  @Test
  void aStartMakesNoClassThatTheCacheCannotHave() throws Exception {
    Path log = directory.resolve("classes.log");
    Map<String, String> logged = Map.of("OSTRAKA_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
    try (OstrakaProcess server = OstrakaProcess.startServing(directory.resolve("data"), logged)) {
      server.endpoint();
      server.terminate();
    }
    List<String> loaded = Files.readAllLines(log);
    assertThat(loaded)
        .anyMatch(line -> line.contains("org.ostraka.server.OstrakaServer source: shared"));
    assertThat(loaded).filteredOn(line -> MADE.matcher(line).find()).isEmpty();
  }

  @Test
  void aFirstStartThatIsInterruptedLeavesNothingAndTheNextOneTrains() throws Exception {
    Files.deleteIfExists(copy.cache());
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    List<String> serve = List.of(copy.launcher().toString(), "serve", "--port", "0", "--in-memory");
    ProcessBuilder builder = new ProcessBuilder(serve).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TMPDIR", temporary.toString());
    Process start = builder.start();
    ProcessHandle training = awaitJavaBelow(start);
    try {
      start.destroy();
      assertThat(start.onExit()).succeedsWithin(OstrakaProcess.LIMIT);
      assertThat(training.onExit()).succeedsWithin(OstrakaProcess.LIMIT);
    } finally {
      boolean _ = training.destroyForcibly();
    }
    assertThat(copy.cache()).doesNotExist();
    assertThat(temporary).isEmptyDirectory();
    assertServes(serve);
    assertThat(copy.cache()).isNotEmptyFile();
  }

  private static ProcessHandle awaitJavaBelow(Process script) {
    while (script.isAlive()) {
      Optional<ProcessHandle> java =
          script
              .descendants()
              .filter(each -> each.info().command().filter(it -> it.endsWith("/java")).isPresent())
              .findFirst();
      if (java.isPresent()) {
        return java.get();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError(
        "the script ended with " + script.exitValue() + " and started no Java");
  }

  @Test
  void withoutAJavaItSaysWhichOneIsMissing() throws Exception {
    BareMachine machine = BareMachine.prepare(directory);
    assertMissing(machine.run(copy.launcher(), VERSION), "Java 25 or later is needed to run");
  }

  @Test
  void anOldJavaIsNoJava() throws Exception {
    BareMachine machine = BareMachine.prepare(directory).withJava("17.0.15");
    assertMissing(machine.run(copy.launcher(), VERSION), "Java 25 or later is needed to run");
  }

  @Test
  void unbuiltAndWithoutMavenItSaysSo() throws Exception {
    BareMachine machine = BareMachine.prepare(directory).withJava("25.0.1");
    assertMissing(machine.run(unbuilt().launcher(), VERSION), "Maven is needed to build");
  }

  @Test
  void unbuiltAndWithoutAJdkItSaysSo() throws Exception {
    BareMachine machine = BareMachine.prepare(directory).withProgram("mvn");
    assertMissing(machine.run(unbuilt().launcher(), VERSION), "JDK 25 is needed to build");
  }

  @Test
  void onlyParquetAndSqlNeedTheLibraryForThem() throws Exception {
    BareMachine machine = BareMachine.prepare(directory).withJava("25.0.1");
    List<String> export = List.of("export", "votes", "out", "--format");
    assertMissing(
        machine.run(copy.launcher(), List.of("query", "SELECT 1")), "Maven is needed to build");
    assertMissing(
        machine.run(copy.launcher(), with(export, "parquet")), "Maven is needed to build");
    assertThat(machine.run(copy.launcher(), with(export, "ion")).standardError())
        .noneMatch(line -> line.contains("Maven"));
  }

  private static List<String> with(List<String> words, String last) {
    return Stream.concat(words.stream(), Stream.of(last)).toList();
  }

  private Distribution unbuilt() throws IOException {
    return Distribution.underTest().copyUnbuiltTo(directory.resolve("a fresh checkout"));
  }

  private static void assertServes(List<String> command) throws InterruptedException {
    try (OstrakaProcess server = OstrakaProcess.startCommand(Map.of(), command)) {
      server.endpoint();
      Ended end = server.terminate();
      assertThat(end.status()).as(end.output()).isZero();
    }
  }

  private static void assertMissing(Ended end, String message) {
    assertThat(end.status()).as(end.output()).isEqualTo(1);
    assertThat(String.join("\n", end.standardError())).contains(message);
    assertThat(end.standardError()).as("lines").hasSizeLessThanOrEqualTo(2);
  }
}
