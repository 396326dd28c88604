package org.ostraka.engine.region;

/** A region is served by another deployment than the one that its replicas were made with. */
public final class OtherDeploymentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OtherDeploymentException(String message) {
    super(message);
  }
}
