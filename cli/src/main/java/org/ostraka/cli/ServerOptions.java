package org.ostraka.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.ostraka.identity.signature.RequestSigner;
import org.ostraka.identity.signature.Secret;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.server.tls.BadCertificateException;
import org.ostraka.server.tls.ClientTlsFiles;

/** Which running server a command asks, and with which credentials. Stateless. */
final class ServerOptions {
  private static final Option<String> ENDPOINT =
      Option.withDefault(
          "--endpoint-url", Kind.text("URL"), "http://127.0.0.1:8000", "The server to ask.");

  private static final String AUTHORITIES = "AWS_CA_BUNDLE";

  static final List<Option<?>> ALL = List.of(ENDPOINT);

  private ServerOptions() {}

  static URI endpoint(Arguments given) {
    return ServeCommand.endpoint("--endpoint-url", given.get(ENDPOINT));
  }

  /**
   * Returns what connections trust: the authorities in the file that AWS_CA_BUNDLE names, as for
   * the AWS CLI, or those that Java trusts.
   */
  static SSLContext tls(Map<String, String> environment, InstantSource clock) {
    Optional<Path> authorities =
        Optional.ofNullable(environment.get(AUTHORITIES))
            .filter(name -> !name.isEmpty())
            .map(Path::of);
    try {
      return new ClientTlsFiles(authorities, Optional.empty(), Optional.empty())
          .read()
          .context(clock.instant());
    } catch (BadCertificateException unusable) {
      throw new BadArgumentsException(AUTHORITIES + ": " + unusable.reason());
    }
  }

  /** Returns what signs requests with the credentials and for the region of the environment. */
  static RequestSigner signer(Map<String, String> environment) {
    return new RequestSigner(
        environment.getOrDefault("AWS_ACCESS_KEY_ID", "local"),
        new Secret(environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "local")),
        Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).map(Secret::new),
        environment.getOrDefault("AWS_REGION", "us-east-1"),
        "dynamodb");
  }
}
