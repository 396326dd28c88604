package org.ostraka.testkit.transcript;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.ostraka.testkit.transcript.TranscriptServer.Starter;

/**
 * All transcripts of a directory, as tests. Stateless.
 *
 * <p>A transcript is a file {@code <Operation>/<what it shows>.txt}: see {@link Transcript}. With
 * {@code -Dgolden.update=true} the actual answers replace those in the files; read the diff.
 */
public final class Transcripts {
  private static final String UPDATE = "golden.update";

  private Transcripts() {}

  /** Returns a test for each transcript below a directory, grouped by the directories within it. */
  public static Stream<DynamicNode> in(Path directory, Starter starter) {
    boolean update = Boolean.getBoolean(UPDATE);
    return files(directory)
        .collect(Collectors.groupingBy(file -> directory.relativize(file.getParent()).toString()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(group ->
            dynamicContainer(
                group.getKey(),
                group.getValue().stream()
                    .map(file ->
                        dynamicTest(
                            file.getFileName().toString(),
                            file.toUri(),
                            () -> check(directory, file, starter, update)))));
  }

  /** Runs one transcript and throws an {@link AssertionError} that shows the differences. */
  static void check(Path directory, Path file, Starter starter, boolean update) throws IOException {
    Transcript transcript =
        Transcript.parse(directory.relativize(file).toString(), Files.readAllLines(file));
    if (transcript.steps().stream().noneMatch(step -> step instanceof Step.Exchange)) {
      throw new AssertionError(transcript.name() + ": no exchange: nothing was tested");
    }
    List<Mismatch> mismatches = new TranscriptRun(transcript).against(starter);
    if (mismatches.isEmpty()) {
      return;
    }
    if (update) {
      Files.write(file, TranscriptRewriter.rewritten(transcript, mismatches));
      return;
    }
    throw new AssertionError(
        mismatches.stream().map(Mismatch::report).collect(Collectors.joining("\n\n", "\n", "\n")));
  }

  private static Stream<Path> files(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
      if (found.isEmpty()) {
        throw new AssertionError("no transcripts in " + directory);
      }
      return found.stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
