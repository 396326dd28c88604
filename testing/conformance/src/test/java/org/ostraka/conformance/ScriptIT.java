package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ostraka.conformance.OstrakaProcess.Ended;

/** {@code bin/ostraka} from any directory, and on machines that lack something that it needs. */
final class ScriptIT {

  private static final List<String> VERSION = List.of("--version");

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
