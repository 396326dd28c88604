package org.ostraka.cli;

import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.ostraka.cli.copy.Endpoint;
import org.ostraka.cli.copy.EndpointException;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.identity.signature.RequestSigner;

/**
 * A server that a table is copied from or to, with a client for tables and one for streams, which
 * have another host on AWS. Any thread.
 */
record CopyEndpoint(ApiClient tables, ApiClient streams) implements Endpoint, AutoCloseable {
  /** The endpoints of AWS, which name their region. */
  private static final Pattern AWS =
      Pattern.compile(
          "(?:[0-9]+[.])?(?:dynamodb|ddb)(?:-fips)?[.]([a-z0-9-]+)[.]"
              + "(?:amazonaws[.]com([.]cn)?|api[.]aws)");

  private static final String TARGET = "TARGET_";
  private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
  private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
  private static final String TOKEN = "AWS_SESSION_TOKEN";
  private static final String REGION = "AWS_REGION";

  /**
   * Makes the clients of an endpoint.
   *
   * @param streamsUrl the URL of the streams; when empty, that of the endpoint, or on AWS the one
   *     of its region
   * @param environment the credentials and the region
   */
  static CopyEndpoint of(
      URI url, Optional<URI> streamsUrl, Map<String, String> environment, InstantSource clock) {
    SSLContext tls = ServerOptions.tls(environment, clock);
    RequestSigner signer = ServerOptions.signer(regional(url, environment));
    return new CopyEndpoint(
        new ApiClient(url, signer, tls, clock),
        new ApiClient(streamsUrl.orElseGet(() -> streams(url)), signer, tls, clock));
  }

  /**
   * Returns the environment with the target's credentials and region in the place of the others:
   * those of the variables whose names begin with TARGET_.
   */
  static Map<String, String> ofTarget(Map<String, String> environment) {
    Map<String, String> own = new HashMap<>(environment);
    if (environment.containsKey(TARGET + ACCESS_KEY)) {
      List.of(ACCESS_KEY, SECRET, TOKEN).forEach(own::remove);
    }
    for (String name : List.of(ACCESS_KEY, SECRET, TOKEN, REGION)) {
      Optional.ofNullable(environment.get(TARGET + name)).ifPresent(value -> own.put(name, value));
    }
    return own;
  }

  /** Returns the environment with the region that the host of AWS names. */
  static Map<String, String> regional(URI url, Map<String, String> environment) {
    Matcher aws = AWS.matcher(String.valueOf(url.getHost()));
    if (!aws.matches()) {
      return environment;
    }
    Map<String, String> own = new HashMap<>(environment);
    own.put(REGION, aws.group(1));
    return own;
  }

  /** Returns the URL of the streams of an endpoint. */
  static URI streams(URI url) {
    Matcher aws = AWS.matcher(String.valueOf(url.getHost()));
    if (!aws.matches()) {
      return url;
    }
    String china = aws.group(2) == null ? "" : aws.group(2);
    return URI.create("https://streams.dynamodb." + aws.group(1) + ".amazonaws.com" + china);
  }

  @Override
  public JsonValue.Members call(Service service, String operation, Map<String, JsonValue> request) {
    try {
      return switch (service) {
        case TABLES -> tables.call(ApiClient.TABLES, operation, request);
        case STREAMS -> streams.call(ApiClient.STREAMS, operation, request);
      };
    } catch (CallException failed) {
      throw new EndpointException(
          String.valueOf(failed.getMessage()), failed.error(), failed.isPassing(), failed);
    }
  }

  @Override
  public void close() {
    tables.close();
    streams.close();
  }
}
