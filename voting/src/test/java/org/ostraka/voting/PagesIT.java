package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoRegions.await;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages of {@code voting demo} in a real browser; a vote is cast with the keyboard alone. */
@Timeout(300)
final class PagesIT {
  static final Path SCREENSHOTS =
      Path.of(System.getProperty("voting.screenshots", "target/screenshots"));

  private static final String VOTES =
      "Number(document.querySelector('#votes tfoot .number')?.innerText ?? 0)";
  private static final String COUNCIL = "council";

  @TempDir private Path directory;

  @Test
  void aVoteIsCastCheckedCountedAndTheElectionClosed() throws Exception {
    try (DemoSite site = new DemoSite(directory)) {
      callEverything(site);
      declareCouncil(site);
      Browser.assumeInstalled();
      try (Browser browser = new Browser(directory)) {
        browser.resize(1000, 900);
        String receipt = voteWithTheKeyboard(browser, site);
        checkReceipt(browser, site, receipt);
        watchResults(browser, site);
        voteInTheCouncil(browser, site);
        closeElection(browser, site);
        lookAtEveryPage(browser, site);
      }
    }
  }

  /** Calls all operations of the OpenAPI description; every answer is as described. */
  private static void callEverything(DemoSite site) throws Exception {
    OpenApi client = new OpenApi(site.address());
    String election = site.election();
    String voter = site.token("phaenarete");
    String operator = site.token("operator");
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
    Map<String, String> log = Map.of("region", "us-east-1", "shard", "0", "from", "1");
    await(
        "the log is under a published root",
        () -> client.call("proveConsistency", election, "", "", log).status() == 200);
    assertThat(client.call("proveConsistency", election, "", "", Map.of()).status()).isEqualTo(400);
    assertThat(client.call("proveConsistency", "none", "", "", log).status()).isEqualTo(404);
    assertThat(client.call("showReceiptKey", election, "", "").status()).isEqualTo(200);
    assertThat(client.call("showStatus", election, operator, "").status()).isEqualTo(200);
    assertThat(client.call("showStatus", election, voter, "").status()).isEqualTo(403);
    assertThat(client.call("openElection", election, operator, "").status()).isEqualTo(409);
    assertThat(client.call("closeElection", election, voter, "").status()).isEqualTo(403);
    // An answer of five minutes: the browser watches it.
    assertThat(client.uncalled()).containsExactly("watchResults");
  }

  /** Declares an election that is for two voters; nobody else may vote in it. */
  private void declareCouncil(DemoSite site) throws Exception {
    List<String> declare =
        new ArrayList<>(List.of("declare", "--election", COUNCIL, "--peak", "100"));
    declare.addAll(site.regionOptions());
    declare.addAll(List.of("--candidate", "Kimon", "--candidate", "Perikles"));
    declare.addAll(List.of("--opens", "2020-01-01T00:00:00Z", "--closes", "2100-01-01T00:00:00Z"));
    declare.addAll(List.of("--voters", "sub=phaenarete", "--voters", "sub=sokrates"));
    assertThat(Voting.run(directory, declare)).contains("Declared " + COUNCIL);
    OpenApi client = new OpenApi(site.address());
    await(
        "the server lists the council",
        () -> client.call("showElection", COUNCIL, "", "").status() == 200);
    assertThat(client.call("showElection", COUNCIL, "", "").body())
        .contains("\"voters\":[{\"claim\":\"sub\",\"values\":[\"phaenarete\",\"sokrates\"]}]");
    String vote = "{\"candidate\":\"Kimon\"}";
    OpenApi.Answer refused = client.call("castVote", COUNCIL, site.token("aspasia"), vote);
    assertThat(refused.status()).as(refused.body()).isEqualTo(403);
    String voter = site.token("phaenarete");
    await(
        "the vote has a receipt",
        () -> List.of(200, 201).contains(client.call("castVote", COUNCIL, voter, vote).status()));
  }

  /** The page says who may vote, and what the server answers to others. */
  private static void voteInTheCouncil(Browser browser, DemoSite site) throws IOException {
    signInToTheCouncil(browser, site, "aspasia");
    assertThat(browser.text("#voters"))
        .isEqualTo(
            "This election is for voters whose sub is phaenarete or sokrates. Your sign-in must say"
                + " so.");
    Readability.check(browser, "the ballot of the council");
    browser.press(Browser.ENTER);
    browser.await("the vote is refused", "!!document.querySelector('#status .bad')");
    assertThat(browser.text("#status"))
        .isEqualTo(
            "Your vote was not stored: this election is for other voters: the token has no sub that"
                + " may vote.");
    browser.screenshot(SCREENSHOTS.resolve("not-eligible.png"));
    signInToTheCouncil(browser, site, "sokrates");
    browser.press(Browser.ENTER);
    browser.await("the receipt is there", "document.activeElement.id === 'receipt-title'");
    assertThat(browser.text("#receipt-text")).startsWith("sokrates voted for ");
    browser.open(site.page("operator", COUNCIL));
    browser.tabTo("#name");
    browser.press("operator" + Browser.ENTER);
    browser.await("the panel is there", "!document.getElementById('panel').hidden");
    assertThat(browser.text("#about"))
        .endsWith("version 1. For voters whose sub is phaenarete or sokrates.");
  }

  /** Signs in, chooses a candidate and goes to the button that casts the vote. */
  private static void signInToTheCouncil(Browser browser, DemoSite site, String name) {
    browser.open(site.page("vote", COUNCIL));
    browser.await("the form is there", "!document.getElementById('sign-in').hidden");
    browser.tabTo("#name");
    browser.press(name + Browser.ENTER);
    browser.await("the ballot has the focus", "document.activeElement.name === 'candidate'");
    browser.press(Browser.SPACE);
    browser.tabTo("#ballot button");
  }

  /** Votes without a mouse, and returns the receipt. */
  private static String voteWithTheKeyboard(Browser browser, DemoSite site) throws IOException {
    browser.open(site.page("vote"));
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
  private static void checkReceipt(Browser browser, DemoSite site, String receipt)
      throws IOException {
    await(
        "the vote is under a published root",
        () -> check(browser, site, receipt).contains("count."));
    assertThat(browser.text("#status")).isEqualTo("The vote of aspasia is in the count.");
    assertThat(browser.text("#steps").lines()).hasSize(4).allMatch(step -> step.startsWith("✓ "));
    browser.screenshot(SCREENSHOTS.resolve("receipt.png"));
    String forged = receipt.replace("Themistocles", "Kimon");
    assertThat(check(browser, site, forged)).isEqualTo("This receipt is forged or damaged.");
    assertThat(check(browser, site, "rubbish")).isEqualTo("This is no receipt.");
  }

  static String check(Browser browser, DemoSite site, String receipt) {
    String fragment = URLEncoder.encode(receipt, StandardCharsets.UTF_8).replace("+", "%20");
    browser.open(site.page("receipt") + "#" + fragment);
    browser.await("the receipt is in the form", "document.getElementById('json').value !== ''");
    browser.tabTo("#form button");
    browser.press(Browser.ENTER);
    browser.await(
        "the check ends",
        "!/^(Checking…)?$/.test(document.getElementById('status').innerText.trim())");
    return browser.text("#status");
  }

  /** The results change by themselves while votes come in. */
  private static void watchResults(Browser browser, DemoSite site) throws IOException {
    browser.open(site.page("results"));
    browser.await("votes are counted", VOTES + " > 0");
    String before = browser.script("return " + VOTES);
    browser.await("the count goes on", VOTES + " > " + before);
    browser.await("there is a chart", "document.querySelectorAll('#chart rect').length > 0");
    browser.screenshot(SCREENSHOTS.resolve("results.png"));
    browser.prefer("prefers-reduced-motion", "reduce");
    assertThat(
            browser.script(
                "return getComputedStyle(document.querySelector('.bar')).transitionDuration"))
        .isEqualTo("0s");
    browser.prefer("prefers-reduced-motion", "no-preference");
  }

  /**
   * While too many watch, the page asks for the count by itself; it opens a stream when there is a
   * place. A browser never opens a stream again that was refused (HTML standard, section 9.2.2:
   * "fail the connection").
   */
  @Test
  void whoFindsNoPlaceAmongTheWatchersGetsTheResultsToo() throws Exception {
    Browser.assumeInstalled();
    try (DemoSite site = new DemoSite(directory);
        Watchers watchers = new Watchers(site);
        Browser browser = new Browser(directory)) {
      browser.runBeforeEachPage(
          """
          window.streams = [];
          window.EventSource = class extends EventSource {
            constructor(address) {
              super(address);
              window.streams.push(this);
            }
          };
          """);
      watchers.takeAllPlaces();
      browser.open(site.page("results"));
      browser.await("the stream is refused", "window.streams[0]?.readyState === 2");
      String before = browser.script("return " + VOTES);
      browser.await("the count goes on", VOTES + " > " + before);
      assertThat(browser.text("#state")).doesNotContain("lost");
      browser.await("the page tries again", "window.streams.length > 1");
      watchers.leave();
      browser.await("there is a stream", "window.streams.at(-1).readyState === 1");
    }
  }

  /** Nobody but the operator closes the election; afterwards nobody can vote. */
  private static void closeElection(Browser browser, DemoSite site) throws IOException {
    browser.open(site.page("operator"));
    browser.tabTo("#name");
    browser.press("aspasia" + Browser.ENTER);
    browser.await("aspasia is no operator", "!!document.querySelector('#status .bad')");
    browser.script("document.getElementById('name').value = ''; return 1");
    browser.tabTo("#name");
    browser.press("operator" + Browser.ENTER);
    browser.await("the panel is there", "!document.getElementById('panel').hidden");
    browser.await("a root is published", "!!document.querySelector('#published tbody tr')");
    assertThat(browser.text("#numbers"))
        .contains("Records, not published", "Rows passed over")
        .doesNotContain("NaN", "undefined");
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
    browser.open(site.page("vote"));
    browser.await(
        "the page says so", "/ is closed[.]$/.test(document.getElementById('about').innerText)");
  }

  /** Each page fits on a narrow screen, and has names and contrast, in light and in dark. */
  private static void lookAtEveryPage(Browser browser, DemoSite site) throws IOException {
    for (String page : List.of("index", "vote", "receipt", "results", "operator")) {
      browser.resize(320, 700);
      browser.open(site.page(page));
      browser.await("the page is filled", "!document.body.innerText.includes('Loading…')");
      Readability.check(browser, page);
      for (String scheme : List.of("light", "dark")) {
        browser.prefer("prefers-color-scheme", scheme);
        browser.screenshot(SCREENSHOTS.resolve("narrow-" + page + "-" + scheme + ".png"));
      }
      browser.prefer("prefers-color-scheme", "light");
    }
  }
}
