package org.ostraka.voting;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program {@code voting} as a process of its own, with the classes of this test. */
final class Voting {
  private Voting() {}

  /** Starts a command. Its output goes to a file. */
  static Process start(Path output, List<String> arguments) throws IOException {
    return start(output, "1g", arguments);
  }

  /** Starts a command with a heap such as 512m. Its output goes to a file. */
  static Process start(Path output, String heap, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Xmx" + heap);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("AWS_ACCESS_KEY_ID", TwoRegions.ID);
    environment.put("AWS_SECRET_ACCESS_KEY", TwoRegions.SECRET);
    File file = output.toFile();
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
        .start();
  }

  /** Runs a command to its end and returns its output. */
  static String run(Path directory, List<String> arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "voting", ".out");
    int status = start(output, arguments).waitFor();
    return "status " + status + "\n" + Files.readString(output);
  }
}
