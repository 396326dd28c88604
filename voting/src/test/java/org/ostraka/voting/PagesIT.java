package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.ostraka.voting.TwoRegions.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages of {@code voting demo} in a real browser; a vote is cast with the keyboard alone. */
@Timeout(300)
final class PagesIT {
  private static final Pattern RESULTS =
      Pattern.compile("Results: (http://127.0.0.1:\\d+)/results.html\\?election=(\\S+)");
  private static final Path SCREENSHOTS =
      Path.of(System.getProperty("voting.screenshots", "target/screenshots"));

  /** Returns the texts whose contrast is below 4.5 (WCAG 2.2, criterion 1.4.3). */
  private static final String LOW_CONTRAST =
      """
      const luminance = ([r, g, b]) => [r, g, b].map(it => it / 255)
        .map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)
        .reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0);
      const rgb = text => text.match(/[0-9.]+/g).map(Number);
      const ground = element => {
        for (let at = element; at; at = at.parentElement) {
          const colour = rgb(getComputedStyle(at).backgroundColor);
          if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
      };
      const low = [];
      for (const element of document.querySelectorAll('body *')) {
        const own = [...element.childNodes].some(it => it.nodeType === 3 && it.data.trim());
        if (!own || !element.checkVisibility() || element.matches('noscript *, :disabled')) continue;
        const text = luminance(rgb(getComputedStyle(element).color));
        const back = luminance(ground(element));
        const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
        if (ratio < 4.5) low.push(element.outerHTML.slice(0, 80) + ' ' + ratio.toFixed(2));
      }
      return low.join(' | ');
      """;

  /** Returns what has no name for a screen reader, or no place in the order of headings. */
  private static final String WITHOUT_NAME =
      """
      const wrong = [];
      for (const it of document.querySelectorAll('input, textarea, select')) {
        if (!it.labels.length) wrong.push(it.outerHTML.slice(0, 80));
      }
      for (const it of document.querySelectorAll('button, a')) {
        if (!it.textContent.trim()) wrong.push(it.outerHTML.slice(0, 80));
      }
      for (const it of document.querySelectorAll('img:not([alt]), th:not([scope])')) {
        wrong.push(it.outerHTML.slice(0, 80));
      }
      if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
      if (!document.documentElement.lang || !document.title) wrong.push('no language or title');
      return wrong.join(' | ');
      """;

  @TempDir private Path directory;

  private String site = "";
  private String election = "";

  @Test
  void aVoteIsCastCheckedCountedAndTheElectionClosed() throws Exception {
    String port = Integer.toString(TwoRegions.freePort());
    Process server = null;
    Process demo = null;
    try {
      server = serve(port);
      Path output = directory.resolve("demo");
      demo =
          Voting.start(
              output, List.of("demo", "--endpoint", "http://127.0.0.1:" + port, "--port", "0"));
      await("the demo has begun", () -> begun(output));
      callEverything();
      assumeTrue(
          has("chromedriver") && (has("chromium") || has("google-chrome")),
          "skipped: there is no chromedriver, which drives the pages, or no browser");
      try (Browser browser = new Browser(directory)) {
        browser.resize(1000, 900);
        String receipt = voteWithTheKeyboard(browser);
        checkReceipt(browser, receipt);
        watchResults(browser);
        closeElection(browser);
        lookAtEveryPage(browser);
      }
    } finally {
      Stream.of(server, demo)
          .filter(it -> it != null)
          .forEach(process -> process.toHandle().destroyForcibly());
    }
  }

  private Process serve(String port) throws IOException {
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

  private boolean begun(Path output) {
    try {
      Matcher matcher = RESULTS.matcher(Files.readString(output));
      if (matcher.find()) {
        site = matcher.group(1);
        election = matcher.group(2);
      }
      return !site.isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** Calls all operations of the OpenAPI description; every answer is as described. */
  private void callEverything() throws Exception {
    OpenApi client = new OpenApi(URI.create(site));
    String voter = token("phaenarete");
    String operator = token("operator");
    String vote = "{\"candidate\":\"Kimon\"}";
    assertThat(client.call("listElections", election, "", "").body()).contains(election);
    assertThat(client.call("showElection", election, "", "").status()).isEqualTo(200);
    assertThat(client.call("showElection", "none", "", "").status()).isEqualTo(404);
    // A voter votes again while nobody knows whether the vote is stored.
    await(
        "the vote is stored or refused",
        () -> client.call("castVote", election, voter, vote).status() != 503);
    OpenApi.Answer receipt = client.call("castVote", election, voter, vote);
    assertThat(receipt.status()).as(receipt.body()).isIn(200, 201);
    assertThat(client.call("castVote", election, voter, vote))
        .isEqualTo(new OpenApi.Answer(200, receipt.body()));
    assertThat(client.call("castVote", election, voter, vote.replace("Kimon", "Perikles")).status())
        .isEqualTo(409);
    assertThat(client.call("castVote", election, voter, vote.replace("Kimon", "x")).status())
        .isEqualTo(400);
    assertThat(client.call("castVote", election, "forged", vote).status()).isEqualTo(401);
    assertThat(client.call("castVote", election, voter, " ".repeat(5_000)).status()).isEqualTo(413);
    assertThat(client.call("castVote", "none", voter, vote).status()).isEqualTo(404);
    await(
        "the vote is under a published root",
        () -> client.call("proveReceipt", election, "", receipt.body()).status() == 200);
    assertThat(client.call("proveReceipt", election, "", "{}").status()).isEqualTo(400);
    assertThat(client.call("showResults", election, "", "").body()).contains("Kimon");
    assertThat(client.call("showRoots", election, "", "").body()).contains("signature");
    assertThat(client.call("showReceiptKey", election, "", "").status()).isEqualTo(200);
    assertThat(client.call("showStatus", election, operator, "").status()).isEqualTo(200);
    assertThat(client.call("showStatus", election, voter, "").status()).isEqualTo(403);
    assertThat(client.call("openElection", election, operator, "").status()).isEqualTo(409);
    assertThat(client.call("closeElection", election, voter, "").status()).isEqualTo(403);
    // An answer without an end: the browser watches it.
    assertThat(client.uncalled()).containsExactly("watchResults");
  }

  private String token(String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(site + "/demo/token"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return body.substring("{\"token\":\"".length(), body.length() - "\"}".length());
    }
  }

  private void open(Browser browser, String page) {
    browser.open(site + "/" + page + ".html?election=" + election);
  }

  /** Votes without a mouse, and returns the receipt. */
  private String voteWithTheKeyboard(Browser browser) throws IOException {
    open(browser, "vote");
    browser.await("the form is there", "!document.getElementById('sign-in').hidden");
    browser.tabTo("#name");
    browser.press("aspasia" + Browser.ENTER);
    browser.await("the ballot has the focus", "document.activeElement.name === 'candidate'");
    browser.press(Browser.SPACE + Browser.DOWN);
    browser.screenshot(SCREENSHOTS.resolve("vote.png"));
    browser.tabTo("#ballot button");
    browser.press(Browser.ENTER);
    browser.await("the receipt is there", "document.activeElement.id === 'receipt-title'");
    assertThat(browser.text("#receipt-text")).startsWith("aspasia voted for Themistocles on ");
    browser.screenshot(SCREENSHOTS.resolve("voted.png"));
    return browser.script("return document.getElementById('receipt-json').value");
  }

  /** The browser proves that the vote is in the log, and finds a forged receipt. */
  private void checkReceipt(Browser browser, String receipt) throws IOException {
    await("the vote is under a published root", () -> check(browser, receipt).contains("count."));
    assertThat(browser.text("#status")).isEqualTo("The vote of aspasia is in the count.");
    assertThat(browser.text("#steps").lines()).hasSize(4).allMatch(step -> step.startsWith("✓ "));
    browser.screenshot(SCREENSHOTS.resolve("receipt.png"));
    String forged = receipt.replace("Themistocles", "Kimon");
    assertThat(check(browser, forged)).isEqualTo("This receipt is forged or damaged.");
    assertThat(check(browser, "rubbish")).isEqualTo("This is no receipt.");
  }

  private String check(Browser browser, String receipt) {
    String fragment = URLEncoder.encode(receipt, StandardCharsets.UTF_8).replace("+", "%20");
    browser.open(site + "/receipt.html?election=" + election + "#" + fragment);
    browser.await("the receipt is in the form", "document.getElementById('json').value !== ''");
    browser.tabTo("#form button");
    browser.press(Browser.ENTER);
    browser.await(
        "the check ends",
        "!/^(Checking…)?$/.test(document.getElementById('status').innerText.trim())");
    return browser.text("#status");
  }

  /** The results change by themselves while votes come in. */
  private void watchResults(Browser browser) throws IOException {
    open(browser, "results");
    String votes = "Number(document.querySelector('#votes tfoot .number')?.innerText ?? 0)";
    browser.await("votes are counted", votes + " > 0");
    String before = browser.script("return " + votes);
    browser.await("the count goes on", votes + " > " + before);
    browser.await("there is a chart", "document.querySelectorAll('#chart rect').length > 0");
    browser.screenshot(SCREENSHOTS.resolve("results.png"));
    browser.prefer("prefers-reduced-motion", "reduce");
    assertThat(
            browser.script(
                "return getComputedStyle(document.querySelector('.bar')).transitionDuration"))
        .isEqualTo("0s");
    browser.prefer("prefers-reduced-motion", "no-preference");
  }

  /** Nobody but the operator closes the election; afterwards nobody can vote. */
  private void closeElection(Browser browser) throws IOException {
    open(browser, "operator");
    browser.tabTo("#name");
    browser.press("aspasia" + Browser.ENTER);
    browser.await("aspasia is no operator", "!!document.querySelector('#status .bad')");
    browser.script("document.getElementById('name').value = ''; return 1");
    browser.tabTo("#name");
    browser.press("operator" + Browser.ENTER);
    browser.await("the panel is there", "!document.getElementById('panel').hidden");
    browser.await("a root is published", "!!document.querySelector('#published tbody tr')");
    browser.screenshot(SCREENSHOTS.resolve("operator.png"));
    browser.tabTo("#close");
    browser.press(Browser.ENTER);
    browser.await("the page asks again", "document.getElementById('confirm').open");
    browser.press(Browser.ENTER);
    browser.await("the first button keeps it open", "!document.getElementById('confirm').open");
    assertThat(browser.text("#name-of-election")).endsWith(" is open");
    browser.tabTo("#close");
    browser.press(Browser.ENTER);
    browser.tabTo("#confirm .danger");
    browser.press(Browser.ENTER);
    browser.await(
        "it is closed",
        "/ is closed$/.test(document.getElementById('name-of-election').innerText)");
    open(browser, "vote");
    browser.await(
        "the page says so", "/ is closed[.]$/.test(document.getElementById('about').innerText)");
  }

  /** Each page fits on a narrow screen, and has names and contrast, in light and in dark. */
  private void lookAtEveryPage(Browser browser) throws IOException {
    for (String page : List.of("index", "vote", "receipt", "results", "operator")) {
      browser.resize(320, 700);
      open(browser, page);
      browser.await("the page is filled", "!document.body.innerText.includes('Loading…')");
      String root = "document.documentElement";
      assertThat(browser.script("return " + root + ".scrollWidth - " + root + ".clientWidth"))
          .as("%s on a narrow screen", page)
          .isEqualTo("0");
      assertThat(browser.script(WITHOUT_NAME)).as(page).isEmpty();
      for (String scheme : List.of("light", "dark")) {
        browser.prefer("prefers-color-scheme", scheme);
        assertThat(browser.script(LOW_CONTRAST)).as("%s, %s", page, scheme).isEmpty();
        browser.screenshot(SCREENSHOTS.resolve("narrow-" + page + "-" + scheme + ".png"));
      }
      browser.prefer("prefers-color-scheme", "light");
    }
  }

  private static boolean has(String command) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
  }
}
