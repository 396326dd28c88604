package org.ostraka.identity.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.identity.certificate.CertificateHolder;
import org.ostraka.identity.certificate.CertificateName;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.model.AccountId;
import org.ostraka.model.Region;

final class CertificateFileTest {
  private static final AccountId ACCOUNT = new AccountId("111122223333");
  private static final String USER = "'Principal': 'arn:aws:iam::111122223333:user/a'";

  @Test
  void anEntryHasANameAPrincipalAndARegion() {
    assertThat(
            CertificateFile.read(
                file(
                    "{'Subject': 'CN=Ballots, O=Example', "
                        + USER
                        + "}, {'Uri': 'spiffe://x/y', 'Region': 'eu-central-1',"
                        + " 'Principal': 'arn:aws:iam::111122223333:role/a/path/counter'},"
                        + "{'Dns': 'Votes.Example', "
                        + USER
                        + "}")))
        .containsExactly(
            new CertificateHolder(
                new CertificateName.Subject(new X500Principal("cn=ballots,o=example")),
                ACCOUNT,
                EntityKind.USER,
                "a",
                Optional.empty()),
            new CertificateHolder(
                new CertificateName.Uri("spiffe://x/y"),
                ACCOUNT,
                EntityKind.ROLE,
                "counter",
                Optional.of(new Region("eu-central-1"))),
            new CertificateHolder(
                new CertificateName.Dns("votes.example"),
                ACCOUNT,
                EntityKind.USER,
                "a",
                Optional.empty()));
    assertThat(CertificateFile.read("{}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{USER} | one of Subject, Uri and Dns names the certificate",
        "{'Subject': 'CN=a', 'Dns': 'a', USER} | one of Subject, Uri and Dns names the certificate",
        "{'Subject': 'ballots', USER} | a name like CN=ballots,O=Example is expected",
        "{'Subject': '', USER} | a name like CN=ballots,O=Example is expected",
        "{'Subject': 7, USER} | a text is expected",
        "{'Dns': 'a'} | member is missing: Principal",
        "{'Dns': 'a', 'Principal': 'arn:aws:iam::111122223333:root'} | the ARN of a user or a role",
        "{'Dns': 'a', 'Principal': 'arn:aws:iam::1:user/a'} | the ARN of a user or a role",
        "{'Dns': 'a', 'Region': 'EU', USER} | a region is expected",
        "{'Dns': 'a', 'Regoin': 'eu', USER} | unknown member: Regoin",
        "{'Dns': 'a', USER}, {'Dns': 'A', USER} | the certificate is named twice",
        "7 | an object is expected",
      })
  void aWrongEntryIsNamed(String entries, String why) {
    String text = file(entries.replace("USER", USER));
    assertThatThrownBy(() -> CertificateFile.read(text))
        .isInstanceOf(DirectoryFileException.class)
        .hasMessageStartingWith("line 1, column ")
        .hasMessageContaining(why);
  }

  private static String file(String entries) {
    return "{'Certificates': [%s]}".formatted(entries).replace('\'', '"');
  }
}
