package org.ostraka.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Carries out {@code docs/two-accounts.md} and compares what each command prints. */
final class TwoAccountsPageIT {
  private static final String INDENT = "    ";
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern SERVE = Pattern.compile("bin/ostraka (serve .*) &");

  @TempDir private Path directory;

  /** A command of the page, and the lines that the page shows as its output. */
  private record Step(String command, String output) {}

  @Test
  void thePageDoesWhatItShows() throws Exception {
    AwsCli.need();
    ClientProgram.need(knowsResourcePolicies(), "AWS CLI: it has no put-resource-policy");
    Path root = Distribution.moduleDirectory().resolve("../..").toRealPath();
    List<Step> steps = steps(Files.readAllLines(root.resolve("docs/two-accounts.md")));
    assertThat(steps).hasSizeGreaterThan(10);
    Step environment = steps.getFirst();
    Matcher serve = SERVE.matcher(steps.get(1).command());
    assertThat(serve.matches()).as(steps.get(1).command()).isTrue();
    try (OstrakaProcess server =
        OstrakaProcess.startCommand(
            Map.of(),
            List.of(
                "bash",
                "-c",
                "cd '%s' && exec '%s' %s --port 0 --data '%s'"
                    .formatted(
                        root,
                        Distribution.underTest().launcher(),
                        serve.group(1),
                        directory.resolve("data"))))) {
      String prefix =
          "cd '%s'; %s; "
              .formatted(
                  root,
                  environment
                      .command()
                      .replace("http://localhost:8000", server.endpoint().toString()));
      for (Step step : steps.subList(2, steps.size())) {
        assertThat(flat(run(prefix + step.command())))
            .as(step.command())
            .isEqualTo(flat(step.output()));
      }
      assertThat(server.terminate().status()).isZero();
    }
  }

  private static boolean knowsResourcePolicies() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("aws", "dynamodb", "put-resource-policy", "--generate-cli-skeleton")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }

  /** Runs a command with a home of its own, since the AWS CLI keeps sessions there. */
  private String run(String command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME", directory.toString(),
                "AWS_MAX_ATTEMPTS", "1",
                "AWS_PAGER", "",
                "no_proxy", "127.0.0.1,localhost",
                "NO_PROXY", "127.0.0.1,localhost"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /**
   * Reads the indented lines: commands after a dollar sign, with their further lines, and outputs.
   */
  private static List<Step> steps(List<String> lines) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(INDENT + "$ ")) {
        StringBuilder command = new StringBuilder(lines.get(i).substring(INDENT.length() + 2));
        while (command.charAt(command.length() - 1) == '\\') {
          i++;
          command.append('\n').append(lines.get(i));
        }
        StringBuilder output = new StringBuilder();
        while (i + 1 < lines.size() && isOutput(lines.get(i + 1))) {
          i++;
          output.append(lines.get(i)).append('\n');
        }
        steps.add(new Step(command.toString(), output.toString()));
      }
    }
    return steps;
  }

  private static boolean isOutput(String line) {
    return line.startsWith(INDENT) && !line.startsWith(INDENT + "$ ");
  }

  /** Returns a text in one line: pages break lines where programs do not. */
  private static String flat(String text) {
    return BLANKS.matcher(text).replaceAll(" ").strip();
  }
}
