package org.ostraka.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of localhost that is made by the JDK's keytool, with its key in PEM. Immutable.
 *
 * @param certificate the file of the certificate
 * @param key the file of the key
 * @param store a key store with both
 */
record SelfSigned(Path certificate, Path key, KeyStore store) {
  private static final String PASSWORD = "for-tests";
  private static final String ALIAS = "server";

  /** Makes a certificate in a directory, under a name of its own. */
  static SelfSigned make(Path directory, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-validity",
                    "30",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    file.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool: " + output);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    SelfSigned made =
        new SelfSigned(directory.resolve(name + ".pem"), directory.resolve(name + ".key"), store);
    made.copyTo(made.certificate, made.key);
    return made;
  }

  /** Writes the certificate and the key to these files. */
  void copyTo(Path certificateFile, Path keyFile) throws IOException, GeneralSecurityException {
    Files.writeString(
        certificateFile, pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
    Files.writeString(
        keyFile, pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
  }

  /** Returns what trusts this certificate and no other. */
  TrustManager[] trust() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trusted);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
  }
}
