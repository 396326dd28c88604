package org.ostraka.voting;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A browser without a screen, driven with the W3C's WebDriver protocol. */
final class Browser implements AutoCloseable {
  /** Key codes of the WebDriver standard, section 17.4.2. */
  static final String TAB = "\uE004";

  static final String ENTER = "\uE007";
  static final String SPACE = " ";
  static final String DOWN = "\uE015";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final URI base;
  private final String session;

  /** Starts a driver and a browser. */
  Browser(Path directory) throws IOException {
    int port = TwoRegions.freePort();
    this.driver =
        new ProcessBuilder("chromedriver", "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("chromedriver").toFile())
            .start();
    this.base = URI.create("http://127.0.0.1:" + port + "/");
    try {
      TwoRegions.await("the driver answers", () -> isReady());
      this.session = "session/" + begin() + "/";
    } catch (RuntimeException | AssertionError failed) {
      close();
      throw failed;
    }
  }

  /** Skips a test where there is no browser or nothing that drives it. */
  static void assumeInstalled() {
    assumeTrue(
        has("chromedriver") && (has("chromium") || has("google-chrome")),
        "skipped: there is no chromedriver, which drives the pages, or no browser");
  }

  private static boolean has(String command) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
  }

  /** Starts a browser, and returns the name of its session. */
  private Object begin() {
    String options =
        "{\"args\":[\"headless=new\",\"no-sandbox\",\"disable-gpu\",\"disable-dev-shm-usage\"]}";
    Map<String, Object> made =
        value(
            post(
                "session",
                "{\"capabilities\":{\"alwaysMatch\":{\"goog:chromeOptions\":" + options + "}}}"));
    return Objects.requireNonNull(made.get("sessionId"), "no session");
  }

  private boolean isReady() {
    try {
      HttpRequest request = HttpRequest.newBuilder(base.resolve("status")).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** Opens a page, and waits until it is loaded. */
  void open(String url) {
    // An address that differs in its fragment only is otherwise not loaded again.
    var _ = post(session + "url", "{\"url\":\"about:blank\"}");
    var _ = post(session + "url", "{\"url\":\"" + url + "\"}");
  }

  /** Sets the size of the page. */
  void resize(int width, int height) {
    var _ =
        cdp(
            "Emulation.setDeviceMetricsOverride",
            "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":false}"
                .formatted(width, height));
  }

  /** Sets a preference of the reader, such as prefers-reduced-motion. */
  void prefer(String feature, String value) {
    var _ =
        cdp(
            "Emulation.setEmulatedMedia",
            "{\"features\":[{\"name\":\"%s\",\"value\":\"%s\"}]}".formatted(feature, value));
  }

  /** Cuts the page off from the network, or ends that. */
  void cutOff(boolean isCutOff) {
    var _ = cdp("Network.enable", "{}");
    var _ =
        cdp(
            "Network.emulateNetworkConditions",
            "{\"offline\":%s,\"latency\":0,\"downloadThroughput\":-1,\"uploadThroughput\":-1}"
                .formatted(isCutOff));
  }

  /** Runs a script in each page that is opened from now on, before the scripts of the page. */
  void runBeforeEachPage(String script) {
    var _ =
        cdp("Page.addScriptToEvaluateOnNewDocument", "{\"source\":\"" + escaped(script) + "\"}");
  }

  private Map<String, Object> cdp(String command, String parameters) {
    return post(
        session + "goog/cdp/execute",
        "{\"cmd\":\"" + command + "\",\"params\":" + parameters + "}");
  }

  /** Runs a script, and returns what it returns, as text. */
  String script(String body) {
    Map<String, Object> answer =
        post(session + "execute/sync", "{\"script\":\"" + escaped(body) + "\",\"args\":[]}");
    return String.valueOf(answer.get("value"));
  }

  private static String escaped(String script) {
    return script.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** Returns the text of an element that a selector names, and nothing when it is hidden. */
  String text(String selector) {
    return script("return document.querySelector('" + selector + "').innerText");
  }

  /** Waits until a script returns true. */
  void await(String what, String script) {
    TwoRegions.await(what, () -> script("return " + script).equals("true"));
  }

  /** Presses keys, one after the other. */
  void press(String keys) {
    List<String> actions = new ArrayList<>();
    keys.codePoints()
        .mapToObj(Character::toString)
        .forEach(key -> {
          actions.add("{\"type\":\"keyDown\",\"value\":\"" + key + "\"}");
          actions.add("{\"type\":\"keyUp\",\"value\":\"" + key + "\"}");
        });
    var _ =
        post(
            session + "actions",
            "{\"actions\":[{\"type\":\"key\",\"id\":\"keyboard\",\"actions\":["
                + String.join(",", actions)
                + "]}]}");
  }

  /** Presses the tabulator until an element has the focus. */
  void tabTo(String selector) {
    String isThere = "return document.activeElement.matches('" + selector + "')";
    for (int presses = 0; presses < 40; presses++) {
      if (script(isThere).equals("true")) {
        return;
      }
      press(TAB);
    }
    throw new AssertionError("the keyboard does not reach " + selector);
  }

  /** Keeps a picture of the page. */
  void screenshot(Path file) throws IOException {
    Map<String, Object> answer = send(HttpRequest.newBuilder(base.resolve(session + "screenshot")));
    Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    Files.write(file, Base64.getDecoder().decode(String.valueOf(answer.get("value"))));
  }

  @Override
  public void close() {
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly();
  }

  private Map<String, Object> post(String path, String body) {
    return send(
        HttpRequest.newBuilder(base.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private Map<String, Object> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(
              request.timeout(Duration.ofSeconds(60)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(answer.body());
      }
      return JSONObjectUtils.parse(answer.body());
    } catch (IOException | ParseException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static Map<String, Object> value(Map<String, Object> answer) {
    try {
      return Objects.requireNonNull(JSONObjectUtils.getJSONObject(answer, "value"));
    } catch (ParseException malformed) {
      throw new IllegalStateException(malformed);
    }
  }
}
