package org.ostraka.delivery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.model.Region;

/** Single quotes stand for double ones. */
final class PeersReaderTest {
  @Test
  void everySettingIsRead() {
    PeersReader.Content content =
        read(
            """
            {'Peers': [
               {'Region': 'eu-west-1', 'Url': 'https://eu.example.org:8000', 'Authority': 'ca.pem',
                'Certificate': 'own.pem', 'Key': 'own.key'},
               {'Region': 'ap-south-1', 'Url': 'http://localhost:1'}],
             'Principals': ['arn:aws:iam::000000000000:user/peer']}
            """);

    assertThat(content.peers())
        .containsExactly(
            new PeersReader.Entry(
                new Region("eu-west-1"),
                URI.create("https://eu.example.org:8000"),
                Optional.of("ca.pem"),
                Optional.of("own.pem"),
                Optional.of("own.key")),
            new PeersReader.Entry(
                new Region("ap-south-1"),
                URI.create("http://localhost:1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(content.principals()).containsExactly("arn:aws:iam::000000000000:user/peer");
  }

  @Test
  void allMistakesAreNamedWithTheirPlaces() {
    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                read(
                    """
                    {'Peers': [
                       {'Region': 'Mars!', 'Url': 'ftp://x'},
                       {'Region': 'eu-west-1', 'Url': 'https://a', 'Key': 'k', 'Port': 1},
                       {'Region': 'eu-west-1'}],
                     'Principals': ['peer'], 'Principal': 'x'}
                    """));

    assertThat(refused.problems())
        .containsExactly(
            "Peers[0].Region: must be a region",
            "Peers[0].Url: must be like https://db.example.org:8000",
            "Peers[1].Certificate: and Key belong together",
            "Peers[1].Port: is not a setting; there are Region, Url, Authority, Certificate, Key",
            "Peers[2].Url: is required",
            "Peers[2].Region: is named twice",
            "Principals: are ARNs like arn:aws:iam::000000000000:user/peer",
            "Principal: is not a setting; there are Peers, Principals");
  }

  private static PeersReader.Content read(String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return PeersReader.read(bytes, JsonText::parse);
  }
}
