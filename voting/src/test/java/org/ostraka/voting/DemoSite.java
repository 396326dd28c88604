package org.ostraka.voting;

import static org.ostraka.voting.TwoRegions.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages of {@code voting demo}, with the server that it needs, each a process of its own. */
final class DemoSite implements AutoCloseable {
  private static final Pattern RESULTS =
      Pattern.compile("Results: (http://127.0.0.1:\\d+)/results.html\\?election=(\\S+)");

  private final List<Process> processes = new ArrayList<>();
  private final String endpoint;
  private String address = "";
  private String election = "";

  /** Starts both, and waits until the demo has told its addresses. */
  DemoSite(Path directory, String... options) throws IOException {
    String port = Integer.toString(TwoRegions.freePort());
    endpoint = "http://127.0.0.1:" + port;
    try {
      processes.add(serve(directory, port));
      Path output = directory.resolve("demo");
      List<String> demo = new ArrayList<>(List.of("demo", "--endpoint", endpoint, "--port", "0"));
      demo.addAll(List.of(options));
      processes.add(Voting.start(output, demo));
      await("the demo has begun", () -> hasBegun(output));
    } catch (IOException | RuntimeException | AssertionError failed) {
      close();
      throw failed;
    }
  }

  private static Process serve(Path directory, String port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            TwoRegions.home().resolve("bin/ostraka").toString(),
            "serve",
            "--port",
            port,
            "--data",
            directory.resolve("data").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("server").toFile())
        .start();
  }

  private boolean hasBegun(Path output) {
    Matcher matcher = RESULTS.matcher(TwoRegions.read(output));
    if (!matcher.find()) {
      return false;
    }
    address = matcher.group(1);
    election = matcher.group(2);
    return true;
  }

  URI address() {
    return URI.create(address);
  }

  String election() {
    return election;
  }

  /** Returns the options that name both regions to bin/voting. */
  List<String> regionOptions() {
    return List.of("--region", "us-east-1=" + endpoint, "--region", "eu-west-1=" + endpoint);
  }

  /** Returns the address of a page about the election. */
  String page(String name) {
    return page(name, election);
  }

  /** Returns the address of a page about another election. */
  String page(String name, String other) {
    return address + "/" + name + ".html?election=" + other;
  }

  /** Returns a token for whoever has this name. */
  String token(String name) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address().resolve("/demo/token"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return body.substring("{\"token\":\"".length(), body.length() - "\"}".length());
    }
  }

  @Override
  public void close() {
    processes.forEach(process -> process.toHandle().destroyForcibly());
  }
}
