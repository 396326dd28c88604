package org.ostraka.voting.receipt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/**
 * The key that signs receipts and the roots of audit logs: Ed25519 (RFC 8032). Immutable; any
 * thread.
 *
 * <p>The signature of a receipt is always the same, so the same vote has the same receipt.
 */
public final class ReceiptKey {
  private static final String ALGORITHM = "Ed25519";

  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  public ReceiptKey(KeyPair pair) {
    this.privateKey = pair.getPrivate();
    this.publicKey = pair.getPublic();
  }

  /**
   * Reads a key from its encodings.
   *
   * @param privateKey in PKCS #8
   * @param publicKey as SubjectPublicKeyInfo
   * @throws IllegalArgumentException if they are no Ed25519 keys
   */
  public static ReceiptKey of(byte[] privateKey, byte[] publicKey) {
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      return new ReceiptKey(
          new KeyPair(
              factory.generatePublic(new X509EncodedKeySpec(publicKey)),
              factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey))));
    } catch (GeneralSecurityException malformed) {
      throw new IllegalArgumentException("no Ed25519 key", malformed);
    }
  }

  /** Returns the public key, with which anybody can verify receipts. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** Signs a receipt. */
  public byte[] sign(Receipt receipt) {
    return sign(receipt.signedBytes());
  }

  /** Signs a statement, which must not begin as receipts do. */
  public byte[] sign(String statement) {
    return sign(statement.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("cannot sign", impossible);
    }
  }

  /** Returns whether the owner of a public key signed this receipt. */
  public static boolean isSigned(Receipt receipt, byte[] signed, PublicKey by) {
    return isSigned(receipt.signedBytes(), signed, by);
  }

  /** Returns whether the owner of a public key signed this statement. */
  public static boolean isSigned(String statement, byte[] signed, PublicKey by) {
    return isSigned(statement.getBytes(StandardCharsets.UTF_8), signed, by);
  }

  private static boolean isSigned(byte[] bytes, byte[] signed, PublicKey by) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(by);
      signature.update(bytes);
      return signature.verify(signed);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  /**
   * Reads a public key from its encoding as SubjectPublicKeyInfo.
   *
   * @throws IllegalArgumentException if it is no Ed25519 key
   */
  public static PublicKey publicKey(byte[] encoded) {
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException malformed) {
      throw new IllegalArgumentException("no Ed25519 key", malformed);
    }
  }
}
