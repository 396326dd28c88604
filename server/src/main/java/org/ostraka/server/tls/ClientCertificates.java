package org.ostraka.server.tls;

/** Whether clients have to show a certificate. */
public enum ClientCertificates {
  /** Clients are not asked for one. */
  OFF,
  /** Clients may show one, which has to be valid. */
  OPTIONAL,
  /** Clients without a valid one cannot connect. */
  REQUIRED
}
