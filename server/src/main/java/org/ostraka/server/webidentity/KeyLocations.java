package org.ostraka.server.webidentity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.ostraka.identity.directory.IdentityProvider;

/**
 * Where the keys of providers are, and how they are read: from a file that the operator names, or
 * from the provider ("OpenID Connect Discovery 1.0", section 4). Any thread.
 *
 * <p>A provider is asked by HTTPS only. Only an operator may name a URL with plain HTTP, and only
 * one of this machine.
 */
final class KeyLocations {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long MAX_BYTES = 256 * 1024;
  private static final int OK = 200;
  private static final String HTTPS = "https";

  private final Map<String, Path> files;
  private final Supplier<HttpClient> http;

  /**
   * Makes the locations.
   *
   * @param files the files of keys by their issuers
   * @param trust whose certificates are trusted; those of the platform when absent
   */
  KeyLocations(Map<String, Path> files, Optional<SSLContext> trust) {
    this.files = Map.copyOf(files);
    this.http = once(trust);
  }

  /** Makes the client when a provider is first asked: it costs threads and memory. */
  private static Supplier<HttpClient> once(Optional<SSLContext> trust) {
    return new Supplier<>() {
      private Optional<HttpClient> made = Optional.empty();

      @Override
      public synchronized HttpClient get() {
        if (made.isEmpty()) {
          HttpClient.Builder builder =
              HttpClient.newBuilder()
                  .version(HttpClient.Version.HTTP_1_1)
                  .followRedirects(HttpClient.Redirect.NEVER)
                  .connectTimeout(PATIENCE);
          trust.ifPresent(builder::sslContext);
          made = Optional.of(builder.build());
        }
        return made.get();
      }
    };
  }

  /** Returns whether the keys of a provider are in a file, which is cheap to read again. */
  boolean isFile(IdentityProvider provider) {
    return file(provider).isPresent();
  }

  private Optional<Path> file(IdentityProvider provider) {
    return Optional.ofNullable(files.get(issuer(provider)))
        .or(() -> provider.jwks().filter(text -> !isUrl(text)).map(Path::of));
  }

  /** Returns the issuer as tokens name it. */
  static String issuer(IdentityProvider provider) {
    return "https://" + provider.url();
  }

  private static boolean isUrl(String text) {
    return text.startsWith("https://") || text.startsWith("http://");
  }

  /** Reads the keys of a provider. */
  JWKSet read(IdentityProvider provider) throws KeySetException {
    try {
      Optional<Path> file = file(provider);
      return JWKSet.parse(
          file.isPresent()
              ? Files.readString(file.get(), StandardCharsets.UTF_8)
              : fetch(location(provider)));
    } catch (ParseException malformed) {
      throw new KeySetException("the keys of " + provider.url() + " are malformed", false);
    } catch (IOException unreachable) {
      throw new KeySetException(
          "the keys of " + provider.url() + " cannot be read: " + unreachable, true);
    }
  }

  private URI location(IdentityProvider provider)
      throws KeySetException, IOException, ParseException {
    Optional<String> declared = provider.jwks();
    if (declared.isPresent()) {
      return secure(declared.get(), true);
    }
    String issuer = issuer(provider);
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    Map<String, Object> found =
        JSONObjectUtils.parse(fetch(secure(base + "/.well-known/openid-configuration", false)));
    if (!issuer.equals(found.get("issuer"))) {
      throw new KeySetException("another issuer answers for " + issuer, false);
    }
    if (!(found.get("jwks_uri") instanceof String keys)) {
      throw new KeySetException(issuer + " does not say where its keys are", false);
    }
    return secure(keys, false);
  }

  private static URI secure(String text, boolean mayBeLoopback) throws KeySetException {
    try {
      URI uri = URI.create(text);
      String host = Optional.ofNullable(uri.getHost()).orElse("");
      boolean isLoopback =
          host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
      if (HTTPS.equals(uri.getScheme()) || (mayBeLoopback && isLoopback)) {
        return uri;
      }
    } catch (IllegalArgumentException malformed) {
      throw new KeySetException(text + " is no URL", false);
    }
    throw new KeySetException(text + " is not read without HTTPS", false);
  }

  private String fetch(URI uri) throws IOException, KeySetException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).GET().build();
    try {
      HttpResponse<String> answer =
          http.get()
              .send(
                  request,
                  HttpResponse.BodyHandlers.limiting(
                      HttpResponse.BodyHandlers.ofString(), MAX_BYTES));
      if (answer.statusCode() != OK) {
        throw new KeySetException(uri + " answered " + answer.statusCode(), false);
      }
      return answer.body();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new KeySetException(uri + " was not waited for", true);
    }
  }
}
