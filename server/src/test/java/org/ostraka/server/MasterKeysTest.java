package org.ostraka.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ostraka.identity.signature.Secret;
import org.ostraka.server.config.MasterKeyLocation;

final class MasterKeysTest {
  @Test
  void aKeyOfAnotherRegionIsAskedThereInAwsAndAtTheOneEndpointElsewhere() {
    assertThat(MasterKeys.endpoint(kms("https://kms.eu-central-1.amazonaws.com"), "us-east-1"))
        .isEqualTo(URI.create("https://kms.us-east-1.amazonaws.com"));
    assertThat(MasterKeys.endpoint(kms("https://kms.example:8443"), "us-east-1"))
        .isEqualTo(URI.create("https://kms.example:8443"));
  }

  private static MasterKeyLocation.InKms kms(String endpoint) {
    return new MasterKeyLocation.InKms(
        URI.create(endpoint),
        "arn:aws:kms:eu-central-1:000000000000:alias/ostraka",
        "eu-central-1",
        "AKIDSERVER",
        new Secret("the-secret-of-the-server"),
        Optional.empty());
  }
}
