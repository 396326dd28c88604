package org.ostraka.voting;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program {@code voting}, with the classes of this test. */
final class Voting {
  private Voting() {}

  /** Starts a command in a process of its own. Its output goes to a file. */
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

  /** Runs a command in a process of its own to its end, and returns its status and its output. */
  static String run(Path directory, List<String> arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "voting", ".out");
    int status = start(output, arguments).waitFor();
    return "status " + status + "\n" + Files.readString(output);
  }

  /**
   * Runs a command in this process, and returns what {@link #run} returns. It takes a tenth of the
   * time, most of which is the start of a JVM and of the AWS SDK in it.
   */
  static String runHere(List<String> arguments) {
    // The AWS SDK looks at these before it looks at the environment.
    String _ = System.setProperty("aws.accessKeyId", TwoRegions.ID);
    String _ = System.setProperty("aws.secretAccessKey", TwoRegions.SECRET);
    StringWriter output = new StringWriter();
    PrintWriter printer = new PrintWriter(output);
    int status = Main.run(arguments.toArray(String[]::new), printer, printer);
    return "status " + status + "\n" + output;
  }
}
