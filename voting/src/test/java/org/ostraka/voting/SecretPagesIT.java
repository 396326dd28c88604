package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ostraka.voting.TwoRegions.await;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The form of a secret election in a real browser, with the keyboard alone. */
@Timeout(300)
final class SecretPagesIT {
  private static final String VOTER = "aspasia";

  @TempDir private Path directory;

  @Test
  void aSecretVoteIsCastOnceWithOneNumberAndNothingNamesItsVoter() throws Exception {
    Browser.assumeInstalled();
    // Enough votes that each has company at once.
    try (DemoSite site =
            new DemoSite(directory, "--secret", "--load", "20", "--voters", "district=north");
        Browser browser = new Browser(directory)) {
      browser.resize(320, 700);
      refuseAGuest(site);
      signIn(browser, site);
      Readability.check(browser, "the ballot");
      browser.screenshot(PagesIT.SCREENSHOTS.resolve("secret-vote.png"));
      String receipt = voteWhileTheNetworkIsAway(browser);
      Readability.check(browser, "the receipt");
      browser.screenshot(PagesIT.SCREENSHOTS.resolve("secret-voted.png"));
      checkReceipt(browser, site, receipt);
      voteAgain(browser, site);
    }
  }

  /** The load and whoever signs in have the claim that the election asks for; guests do not. */
  private static void refuseAGuest(DemoSite site) throws Exception {
    OpenApi client = new OpenApi(site.address());
    assertThat(client.call("showElection", site.election(), "", "").body())
        .contains("\"voters\":[{\"claim\":\"district\",\"values\":[\"north\"]}]");
    String vote = "{\"candidate\":\"Kimon\",\"ballot\":\"0123456789abcdef0123456789abcdef\"}";
    OpenApi.Answer refused = client.call("castVote", site.election(), site.token("guest-1"), vote);
    assertThat(refused.status()).as(refused.body()).isEqualTo(403);
    assertThat(refused.body()).contains("the token has no district that may vote");
  }

  private static void signIn(Browser browser, DemoSite site) {
    browser.open(site.page("vote"));
    browser.await("the form is there", "!document.getElementById('sign-in').hidden");
    assertThat(browser.text("#about")).startsWith("Secret election " + site.election());
    assertThat(browser.text("#voters")).contains("for voters whose district is north");
    browser.tabTo("#name");
    browser.press(VOTER + Browser.ENTER);
    browser.await("the ballot has the focus", "document.activeElement.name === 'candidate'");
    assertThat(browser.text("#secret-hint")).contains("Keep the receipt to yourself");
  }

  /** The number of the ballot is the same in each attempt, so the vote counts once. */
  private static String voteWhileTheNetworkIsAway(Browser browser) throws Exception {
    browser.press(Browser.SPACE + Browser.DOWN);
    browser.tabTo("#ballot button");
    browser.cutOff(true);
    try {
      browser.press(Browser.ENTER);
      browser.await(
          "no answer comes", "document.getElementById('status').innerText.includes('again')");
    } finally {
      browser.cutOff(false);
    }
    String number = browser.script("return Object.values(localStorage).join()");
    assertThat(number).matches("[0-9a-f]{32}");
    assertThat(browser.script("return Object.keys(localStorage).join()")).doesNotContain(VOTER);
    browser.await("the receipt is there", "document.activeElement.id === 'receipt-title'");
    assertThat(browser.text("#receipt-text"))
        .isEqualTo("Ballot " + number + " is for Themistocles. Only you know that it is yours.");
    String receipt = browser.script("return document.getElementById('receipt-json').value");
    assertThat(field(receipt, "voter")).isEqualTo(number);
    assertThat(field(receipt, "candidate")).isEqualTo("Themistocles");
    assertThat(field(receipt, "cast")).as("only the hour").endsWith(":00:00Z");
    assertThat(receipt).doesNotContain(VOTER);
    assertThat(browser.text("body")).as("what the screen shows").doesNotContain(VOTER);
    assertThat(browser.script("return localStorage.length")).as("what is kept").isEqualTo("0");
    return receipt;
  }

  private static String field(String receipt, String name) throws ParseException {
    Map<String, Object> fields = JSONObjectUtils.parse(receipt);
    return String.valueOf(fields.get(name));
  }

  private static void checkReceipt(Browser browser, DemoSite site, String receipt)
      throws ParseException {
    await(
        "the ballot is under a published root",
        () -> PagesIT.check(browser, site, receipt).contains("count."));
    assertThat(browser.text("#status"))
        .isEqualTo("Ballot " + field(receipt, "voter") + " is in the count.");
    assertThat(browser.text("#steps").lines()).hasSize(4).allMatch(step -> step.startsWith("✓ "));
    assertThat(PagesIT.check(browser, site, receipt.replace("Themistocles", "Kimon")))
        .isEqualTo("This receipt is forged or damaged.");
  }

  /** The number is forgotten with the answer, so whoever votes again gets no receipt. */
  private static void voteAgain(Browser browser, DemoSite site) throws IOException {
    signIn(browser, site);
    browser.press(Browser.SPACE + Browser.DOWN);
    browser.tabTo("#ballot button");
    browser.press(Browser.ENTER);
    browser.await("the vote is refused", "!!document.querySelector('#status .bad')");
    assertThat(browser.text("#status"))
        .isEqualTo(
            "Your vote was not stored: this voter has voted with another number or for another"
                + " candidate.");
  }
}
