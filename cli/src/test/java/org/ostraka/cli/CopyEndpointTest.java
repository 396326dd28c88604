package org.ostraka.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hosts as in "Amazon DynamoDB endpoints and quotas"
 * (docs.aws.amazon.com/general/latest/gr/ddb.html).
 */
final class CopyEndpointTest {

  @ParameterizedTest
  @CsvSource({
    "https://dynamodb.eu-west-1.amazonaws.com, eu-west-1,"
        + " https://streams.dynamodb.eu-west-1.amazonaws.com",
    "https://dynamodb.cn-north-1.amazonaws.com.cn, cn-north-1,"
        + " https://streams.dynamodb.cn-north-1.amazonaws.com.cn",
    "https://123456789012.ddb.us-east-2.amazonaws.com, us-east-2,"
        + " https://streams.dynamodb.us-east-2.amazonaws.com",
    "http://localhost:8000, from-variable, http://localhost:8000",
    "https://dynamodb.example.com, from-variable, https://dynamodb.example.com"
  })
  void hostsOfAwsNameTheirRegionAndItsStreams(URI url, String region, URI streams) {
    assertThat(CopyEndpoint.regional(url, Map.of("AWS_REGION", "from-variable")))
        .containsEntry("AWS_REGION", region);
    assertThat(CopyEndpoint.streams(url)).isEqualTo(streams);
  }

  @Test
  void theTargetHasItsOwnCredentialsOrThoseOfTheSource() {
    Map<String, String> source =
        Map.of(
            "AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b", "AWS_SESSION_TOKEN", "token");
    assertThat(CopyEndpoint.ofTarget(source)).isEqualTo(source);
    assertThat(
            CopyEndpoint.ofTarget(
                Map.of(
                    "AWS_ACCESS_KEY_ID", "a",
                    "AWS_SECRET_ACCESS_KEY", "b",
                    "AWS_SESSION_TOKEN", "token",
                    "TARGET_AWS_ACCESS_KEY_ID", "c",
                    "TARGET_AWS_SECRET_ACCESS_KEY", "d")))
        .containsEntry("AWS_ACCESS_KEY_ID", "c")
        .containsEntry("AWS_SECRET_ACCESS_KEY", "d")
        .doesNotContainKey("AWS_SESSION_TOKEN");
  }
}
