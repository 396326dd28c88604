package org.ostraka.server.masterkey;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.ostraka.identity.signature.Secret;
import org.ostraka.identity.wire.KeyServiceJson;
import org.ostraka.model.Bytes;
import org.ostraka.secret.MasterKey;
import org.ostraka.secret.MasterKeyException;

/**
 * A master key that stays in the transit engine of HashiCorp Vault or OpenBao: operations encrypt
 * and decrypt of its HTTP API. The key's type is {@code aes256-gcm96}, the default. Any thread.
 *
 * <p>What a key is for is sent as {@code associated_data}, which the cipher authenticates. A key of
 * a transit engine has versions; the newest encrypts.
 */
public final class VaultMasterKey implements MasterKey {
  private static final String PREFIX = "vault:v";

  private final KeyService service;
  private final URI address;
  private final String mount;
  private final String key;
  private final Secret token;
  private final String version;

  /**
   * Makes the key, and asks the service which version of it encrypts.
   *
   * @param address the URL of the service
   * @param mount where the transit engine is mounted, such as {@code transit}
   * @param key the key's name
   * @throws MasterKeyException when the service cannot be reached, or refuses
   */
  public VaultMasterKey(URI address, String mount, String key, Secret token) {
    this.service = KeyService.named("Vault at " + address);
    this.address = address;
    this.mount = mount;
    this.key = key;
    this.token = token;
    String probe = text(wrap(new byte[] {0}, "version"));
    this.version = probe.substring(0, probe.indexOf(':', PREFIX.length()));
  }

  @Override
  public String id() {
    return mount + "/" + key + " " + version;
  }

  @Override
  public Bytes wrap(byte[] plain, String context) {
    String answer =
        ask("encrypt", Map.of("plaintext", base64(plain), "associated_data", base64(context)));
    String wrapped = KeyServiceJson.text(answer, "ciphertext").orElse("");
    if (!wrapped.startsWith(PREFIX) || wrapped.indexOf(':', PREFIX.length()) < 0) {
      throw new MasterKeyException("Vault at " + address + " answered no key");
    }
    return Bytes.wrap(wrapped.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] unwrap(Bytes wrapped, String context) {
    String answer =
        ask("decrypt", Map.of("ciphertext", text(wrapped), "associated_data", base64(context)));
    return KeyBytes.decoded(KeyServiceJson.text(answer, "plaintext"), "Vault at " + address);
  }

  private String ask(String operation, Map<String, String> members) {
    URI uri = address.resolve("/v1/" + mount + "/" + operation + "/" + key);
    byte[] body = KeyServiceJson.object(members).getBytes(StandardCharsets.UTF_8);
    Map<String, String> fields =
        Map.of("X-Vault-Token", token.reveal(), "Content-Type", "application/json");
    return service.ask(uri, fields, body);
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String text(Bytes bytes) {
    return new String(bytes.array(), StandardCharsets.UTF_8);
  }
}
